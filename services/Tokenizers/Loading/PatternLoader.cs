using System.Text.Json;
using Atropos.Tokenizers.Patterns;

namespace Atropos.Tokenizers.Loading;

/// <summary>Reads a pattern: <c>{"String": …}</c> or <c>{"Regex": …}</c>.</summary>
internal static class PatternLoader
{
    public static TextPattern Load(JsonSection section)
    {
        // More than one key is refused by the original too: it is read as a variant's name.
        if (section.Element.ValueKind == JsonValueKind.Object && section.Element.EnumerateObject().Count() == 1)
        {
            if (section.OptionalText("String") is { } literal)
            {
                return literal.Length > 0 ? new LiteralPattern(literal) : new RegexPattern("");
            }

            if (section.OptionalText("Regex") is { } expression)
            {
                return FromExpression(section.Member("Regex"), expression);
            }
        }

        throw section.Fail("expected {\"String\": …} or {\"Regex\": …}");
    }

    private static TextPattern FromExpression(JsonSection section, string expression)
    {
        switch (expression)
        {
            case Gpt2Scanner.Expression:
                return Gpt2Scanner.Instance;
            case Cl100kScanner.OneDigitExpression:
                return new Cl100kScanner(digits: 1);
            case Cl100kScanner.ThreeDigitExpression:
                return new Cl100kScanner(digits: 3);
            case O200kScanner.Expression:
                return new O200kScanner(contractions: true, digits: 3);
            case O200kScanner.TekkenExpression:
                return new O200kScanner(contractions: false, digits: 1);
            default:
                break;
        }

        try
        {
            return new RegexPattern(expression);
        }
        catch (FormatException error)
        {
            throw new TokenizerLoadException(section.File, section.Path, error.Message, error);
        }
    }
}
