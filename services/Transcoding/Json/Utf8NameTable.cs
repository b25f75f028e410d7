namespace Atropos.Transcoding.Json;

/// <summary>Finds names by their UTF-8 bytes without making strings. Fixed once built, so nobody can make it slow by choosing names.</summary>
internal sealed class Utf8NameTable
{
    private readonly byte[][] _names;
    private readonly int[] _buckets;
    private readonly int[] _next;

    public Utf8NameTable(byte[][] names)
    {
        _names = names;
        _next = new int[names.Length];
        var size = 4;
        while (size < names.Length * 2)
        {
            size *= 2;
        }

        _buckets = new int[size];
        Array.Fill(_buckets, -1);
        for (var i = 0; i < names.Length; i++)
        {
            ref var head = ref _buckets[Bucket(names[i])];
            _next[i] = head;
            head = i;
        }
    }

    /// <summary>The place of the name in the array that the table was made of, or -1.</summary>
    public int Find(ReadOnlySpan<byte> name)
    {
        for (var i = _buckets[Bucket(name)]; i >= 0; i = _next[i])
        {
            if (name.SequenceEqual(_names[i]))
            {
                return i;
            }
        }

        return -1;
    }

    private int Bucket(ReadOnlySpan<byte> name)
    {
        if (name.IsEmpty)
        {
            return 0;
        }

        var hash = (uint)name.Length * 0x9E3779B1u;
        hash = (hash ^ name[0]) * 0x85EBCA6Bu;
        hash = (hash ^ name[^1]) * 0xC2B2AE35u;
        hash = (hash ^ name[name.Length / 2]) * 0x27D4EB2Fu;
        return (int)((hash ^ (hash >> 15)) & (uint)(_buckets.Length - 1));
    }
}
