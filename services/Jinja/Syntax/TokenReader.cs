using Atropos.Jinja.Runtime;

namespace Atropos.Jinja.Syntax;

/// <summary>Reads one token of an expression.</summary>
internal static class TokenReader
{
    private static readonly string[] Operators =
    [
        "//", "**", "==", "!=", ">=", "<=", "+", "-", "/", "*", "%", "~", "[", "]", "(", ")", "{", "}", ">", "<", "=", ".", ":", "|", ",", ";",
    ];

    /// <summary>Reads the token at <paramref name="at"/>.</summary>
    /// <returns>Null, or what is wrong.</returns>
    public static string? TryRead(string source, int at, out TokenKind kind, out string text, out int end)
    {
        var first = source[at];
        if (char.IsAsciiDigit(first))
        {
            var afterDot = at > 0 && source[at - 1] == '.';
            (kind, end) = NumberLiteral.Measure(source, at, afterDot);
            text = source[at..end];
            return null;
        }

        if (PyText.NameLength(source, at) is > 0 and var length)
        {
            kind = TokenKind.Name;
            end = at + length;
            text = source[at..end];
            return PyText.IsIdentifier(text) ? null : "Invalid character in identifier";
        }

        if (first is '\'' or '"')
        {
            kind = TokenKind.String;
            return StringLiteral.TryRead(source, at, out text, out end);
        }

        kind = TokenKind.Operator;
        foreach (var symbol in Operators)
        {
            if (string.CompareOrdinal(source, at, symbol, 0, symbol.Length) == 0)
            {
                text = symbol;
                end = at + symbol.Length;
                return null;
            }
        }

        (text, end) = ("", at);
        return UnexpectedCharacter(source, at);
    }

    /// <summary>The error on a character that begins no token.</summary>
    public static string UnexpectedCharacter(string source, int at) =>
        $"unexpected char {PyRepr.Repr(source.Substring(at, PyText.Width(source, at)))} at {PyText.CodePointAt(source, at)}";
}
