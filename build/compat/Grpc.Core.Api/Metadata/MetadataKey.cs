using System.Buffers;

namespace Grpc.Core;

/// <summary>What a metadata key may be.</summary>
internal static class MetadataKey
{
    private static readonly SearchValues<char> Allowed = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789._-");
    private static readonly SearchValues<char> UpperCase = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZ");

    internal static string Normalize(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        var normalized = key.AsSpan().ContainsAny(UpperCase) ? LowerCase(key) : key;
        var wrong = normalized.AsSpan().IndexOfAnyExcept(Allowed);
        if (key.Length == 0 || wrong >= 0)
        {
            throw new ArgumentException(
                $"The metadata key \"{key}\" is not valid: it takes letters, digits, '_', '-' and '.', at least one.", nameof(key));
        }

        return normalized;
    }

    private static string LowerCase(string key) =>
        string.Create(key.Length, key, static (span, source) => System.Text.Ascii.ToLower(source, span, out _));
}
