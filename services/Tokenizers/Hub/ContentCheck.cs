using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Atropos.Tokenizers.Hub;

/// <summary>Compares a file with what the hub said about it.</summary>
internal static class ContentCheck
{
    /// <summary>What is wrong with the content; null when it is what was announced.</summary>
    public static async Task<string?> FindFaultAsync(Stream content, RemoteFile file, CancellationToken cancellationToken)
    {
        if (file.Size is { } size && content.Length != size)
        {
            return $"expected {size} bytes, found {content.Length}";
        }

        var actual = file.Tag switch
        {
            { Length: 64 } when IsHex(file.Tag) => await SHA256.HashDataAsync(content, cancellationToken).ConfigureAwait(false),
            { Length: 40 } when IsHex(file.Tag) => await HashAsGitAsync(content, cancellationToken).ConfigureAwait(false),
            _ => null,
        };
        return actual is null || Convert.ToHexStringLower(actual) == file.Tag
            ? null
            : $"expected the hash {file.Tag}, found {Convert.ToHexStringLower(actual)}";
    }

    private static bool IsHex(string text) => text.All(char.IsAsciiHexDigitLower);

    // The hub names small files by git's hash of them; it guards against damage, not against forgery, which the connection does.
    private static async Task<byte[]> HashAsGitAsync(Stream content, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA1);
        hash.AppendData(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"blob {content.Length}\0")));
        var buffer = new byte[1 << 16];
        int read;
        while ((read = await content.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0)
        {
            hash.AppendData(buffer, 0, read);
        }

        return hash.GetHashAndReset();
    }
}
