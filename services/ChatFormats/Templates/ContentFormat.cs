using System.Text.RegularExpressions;

namespace Atropos.ChatFormats.Templates;

/// <summary>Tells whether a template takes a message's content as a list of parts or as a string.</summary>
internal static partial class ContentFormat
{
    /// <summary>Whether the template's source loops over a message's content, which only makes sense for parts.</summary>
    public static bool TakesParts(string source) => LoopOverContent().IsMatch(source);

    [GeneratedRegex("""\bin\s+\w+(?:\.content|\[\s*['"]content['"]\s*\])\s*(?:-?%\}|\||if\b)""", RegexOptions.CultureInvariant)]
    private static partial Regex LoopOverContent();
}
