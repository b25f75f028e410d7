using System.Diagnostics.CodeAnalysis;

namespace Atropos.InferenceRouter.Configuration;

/// <summary>Brings base URLs to one form, so that they can be compared and routes can be put after them.</summary>
internal static class EngineBaseUrl
{
    /// <summary>Reads a base URL.</summary>
    /// <param name="text">As written, with or without a last <c>/v1</c>.</param>
    /// <param name="url">The URL of the engine's root; its path ends in a slash.</param>
    /// <param name="problem">What is wrong.</param>
    public static bool TryParse(string text, [NotNullWhen(true)] out Uri? url, [NotNullWhen(false)] out string? problem)
    {
        url = null;
        problem = null;
        if (string.IsNullOrWhiteSpace(text))
        {
            problem = "missing; give the engine's URL, such as http://localhost:8000";
            return false;
        }

        if (!Uri.TryCreate(text.Trim(), UriKind.Absolute, out var parsed)
            || (parsed.Scheme != Uri.UriSchemeHttp && parsed.Scheme != Uri.UriSchemeHttps) || parsed.Host.Length == 0)
        {
            problem = $"'{text}' is not an http or https URL; write it as http://localhost:8000";
            return false;
        }

        if (parsed.Query.Length > 0 || parsed.Fragment.Length > 0)
        {
            problem = $"'{text}' has a query or a fragment; give the URL of the engine's root only";
            return false;
        }

        if (parsed.UserInfo.Length > 0)
        {
            problem = "holds a user name or password; give the key as api_key";
            return false;
        }

        var path = parsed.AbsolutePath.TrimEnd('/');
        if (path.EndsWith("/v1", StringComparison.Ordinal))
        {
            path = path[..^3];
        }

        url = new UriBuilder(parsed) { Path = path.TrimEnd('/') + "/" }.Uri;
        return true;
    }
}
