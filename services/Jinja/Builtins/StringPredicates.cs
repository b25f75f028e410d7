using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using Atropos.Jinja.Runtime;

namespace Atropos.Jinja.Builtins;

/// <summary>The <c>is…</c> methods of str.</summary>
internal static class StringPredicates
{
    public static readonly FrozenDictionary<string, BuiltinMethod> All = new Dictionary<string, BuiltinMethod>
    {
        ["isalpha"] = Each(Rune.IsLetter),
        ["isdigit"] = Each(IsDigit),
        ["isdecimal"] = Each(rune => Rune.GetUnicodeCategory(rune) == UnicodeCategory.DecimalDigitNumber),
        ["isnumeric"] = Each(Rune.IsNumber),
        ["isalnum"] = Each(Rune.IsLetterOrDigit),
        ["isspace"] = Each(rune => rune.IsBmp && PyText.IsSpace((char)rune.Value)),
        ["isupper"] = Of(text => IsCase(text, UnicodeCategory.UppercaseLetter)),
        ["islower"] = Of(text => IsCase(text, UnicodeCategory.LowercaseLetter)),
        ["istitle"] = Of(text => PyText.Title(text) == text && text.EnumerateRunes().Any(rune => PyText.IsCased(rune.ToString()))),
        ["isascii"] = Of(text => Ascii.IsValid(text)),
        ["isprintable"] = Of(text => text.EnumerateRunes().All(PyText.IsPrintable)),
        ["isidentifier"] = Of(text =>
            text.Length > 0 && !char.IsDigit(text[0]) && text.EnumerateRunes().All(rune => Rune.IsLetterOrDigit(rune) || rune.Value == '_')),
    }.ToFrozenDictionary();

    public static bool IsLower(string text) => IsCase(text, UnicodeCategory.LowercaseLetter);

    public static bool IsUpper(string text) => IsCase(text, UnicodeCategory.UppercaseLetter);

    private static BuiltinMethod Each(Func<Rune, bool> predicate) =>
        Of(text => text.Length > 0 && text.EnumerateRunes().All(predicate));

    private static BuiltinMethod Of(Func<string, bool> predicate) => (context, self, args) =>
    {
        args.RequireNone("str method");
        context.Charge(((string)self).Length / 16);
        return Box.Bool(predicate((string)self));
    };

    private static bool IsDigit(Rune rune) =>
        Rune.IsDigit(rune) || rune.Value is 0xB2 or 0xB3 or 0xB9 or 0x2070 or (>= 0x2074 and <= 0x2079) or (>= 0x2080 and <= 0x2089);

    private static bool IsCase(string text, UnicodeCategory wanted)
    {
        var found = false;
        foreach (var rune in text.EnumerateRunes())
        {
            var category = Rune.GetUnicodeCategory(rune);
            if (category == wanted)
            {
                found = true;
            }
            else if (category is UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter)
            {
                return false;
            }
        }

        return found;
    }
}
