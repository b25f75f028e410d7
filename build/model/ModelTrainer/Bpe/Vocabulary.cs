namespace Atropos.ModelTrainer;

/// <summary>A byte-level BPE vocabulary: ids 0-255 are bytes, then one id a merge, then the added tokens.</summary>
internal sealed class Vocabulary
{
    private readonly List<byte[]> _bytes = [];
    private readonly Dictionary<(int Left, int Right), int> _merged = [];

    public Vocabulary(IReadOnlyList<AddedToken> added)
    {
        Added = added;
        foreach (var value in ByteAlphabet.IdToByte)
        {
            _bytes.Add([value]);
        }
    }

    public IReadOnlyList<AddedToken> Added { get; }

    public List<(int Left, int Right)> Merges { get; } = [];

    /// <summary>Bytes and merges, without the added tokens.</summary>
    public int BaseCount => _bytes.Count;

    public int Count => _bytes.Count + Added.Count;

    public byte[] Bytes(int id) => _bytes[id];

    public int AddedId(string content)
    {
        for (var i = 0; i < Added.Count; i++)
        {
            if (Added[i].Content == content)
            {
                return _bytes.Count + i;
            }
        }

        throw new ArgumentException($"'{content}' is not an added token.", nameof(content));
    }

    public int AddMerge(int left, int right)
    {
        var id = _bytes.Count;
        _bytes.Add([.. _bytes[left], .. _bytes[right]]);
        Merges.Add((left, right));
        _merged.Add((left, right), id);
        return id;
    }

    /// <summary>The id of a merge, which is also its rank: lower merges first.</summary>
    public bool TryMerge(int left, int right, out int id) => _merged.TryGetValue((left, right), out id);
}
