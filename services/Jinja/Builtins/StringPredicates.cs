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
        ["isnumeric"] = Each(rune => Rune.IsNumber(rune) || PyCaseTables.NumericIdeographs.Contains(rune.Value)),
        ["isalnum"] = Each(PyText.IsAlphanumeric),
        ["isspace"] = Each(rune => rune.IsBmp && PyText.IsSpace((char)rune.Value)),
        ["isupper"] = Of(IsUpper),
        ["islower"] = Of(IsLower),
        ["istitle"] = Of(IsTitle),
        ["isascii"] = Of(text => Ascii.IsValid(text)),
        ["isprintable"] = Of(text => text.EnumerateRunes().All(PyText.IsPrintable)),
        ["isidentifier"] = Of(PyText.IsIdentifier),
    }.ToFrozenDictionary();

    public static bool IsLower(string text) => IsCase(text, PyCase.IsLower, PyCase.IsUpper);

    public static bool IsUpper(string text) => IsCase(text, PyCase.IsUpper, PyCase.IsLower);

    /// <summary>Whether a character is a digit to <c>isdigit</c>, of which <c>int</c> does not read all.</summary>
    public static bool IsDigit(Rune rune) => Rune.IsDigit(rune) || PyCaseTables.IsOtherDigit(rune.Value);

    private static BuiltinMethod Each(Func<Rune, bool> predicate) =>
        Of(text => text.Length > 0 && text.EnumerateRunes().All(predicate));

    private static BuiltinMethod Of(Func<string, bool> predicate) => (context, self, args) =>
    {
        args.RequireNone("str method");
        context.Charge(((string)self).Length / 16);
        return Box.Bool(predicate((string)self));
    };

    private static bool IsCase(string text, Func<Rune, bool> wanted, Func<Rune, bool> refused)
    {
        var found = false;
        foreach (var rune in text.EnumerateRunes())
        {
            if (refused(rune) || PyCase.IsTitle(rune))
            {
                return false;
            }

            found |= wanted(rune);
        }

        return found;
    }

    private static bool IsTitle(string text)
    {
        var (found, inside) = (false, false);
        foreach (var rune in text.EnumerateRunes())
        {
            var starts = PyCase.IsUpper(rune) || PyCase.IsTitle(rune);
            if (starts ? inside : PyCase.IsLower(rune) && !inside)
            {
                return false;
            }

            inside = starts || PyCase.IsLower(rune);
            found |= inside;
        }

        return found;
    }
}
