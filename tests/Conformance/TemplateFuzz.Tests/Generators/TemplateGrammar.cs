using System.Globalization;

namespace Atropos.TemplateFuzz.Tests.Generators;

/// <summary>The grammar of templates with what it leaves to code: literals and white space.</summary>
internal static class TemplateGrammar
{
    private static readonly string[] Integers =
    [
        "0", "7", "12", "1_000", "0x1f", "0b101", "0o17", "9223372036854775807", "9223372036854775808", "123456789012345678901234567890",
        "00", "1000000007", "4294967296", "18446744073709551616",
    ];

    private static readonly string[] Floats =
    [
        "0.5", "1.0", "2.5", "0.1", "3.14159", "1e3", "1e16", "1e22", "1.5e-7", "123456789.125", "0.0", "1_0.5", "2.675", "1e-400", "99.95",
        "5e-324", "0.1e1", "1E5", "1234567890123456.7", "12345678901234567.0",
    ];

    private static readonly string[] Newlines = ["\n", "\n", "\n", "\n\n", "\r\n", "\r", "\n  ", "  \n"];

    private static readonly string[] Blanks = [" ", "  ", "\t", " \t ", "    ", "\u00a0", "\u3000", "\v", "\f", "\x1f", ""];

    private static readonly (string Plain, string[] Signed)[] Signs =
        [("{%", ["{%-", "{%+"]), ("%}", ["-%}", "+%}"]), ("{{", ["{{-", "{{+"]), ("}}", ["-}}"]), ("{#", ["{#-"]), ("#}", ["-#}"])];

    /// <summary>Expressions, filters and statements in one.</summary>
    public static Grammar Load() => Grammar.Load(
        new Dictionary<string, Func<Random, string>>
        {
            ["literal"] = RandomText.Literal,
            ["integer"] = random => Pick(random, Integers),
            ["float"] = random => random.Next(3) != 0 ? Pick(random, Floats)
                : Math.Round(random.NextDouble() * Math.Pow(10, random.Next(-3, 9)), random.Next(1, 7)).ToString("0.0#######", CultureInfo.InvariantCulture),
            ["newline"] = random => Pick(random, Newlines),
            ["blank"] = random => Pick(random, Blanks),
        },
        "expressions",
        "filters",
        "statements");

    /// <summary>The variables that the grammar names, as a JSON object.</summary>
    public static string Variables(Random random) => $$"""
        {
          "s": {{RandomTextJson(random)}}, "r": {{RandomTextJson(random)}}, "n": {{random.Next(-3, 12)}}, "f": {{RandomJson.Number(random)}},
          "l": {{RandomJson.List(random)}}, "w": {{RandomJson.Uniform(random, RandomTextJson)}}, "p": {{RandomJson.Uniform(random, RandomJson.Number)}},
          "d": {{RandomJson.Object(random)}}, "m": {{RandomConversation.Messages(random)}}, "t": {{(random.Next(2) == 0 ? "true" : "false")}},
          "o": null, "a": {{RandomJson.Value(random)}}
        }
        """.ReplaceLineEndings(" ");

    /// <summary>Puts signs of white-space control at some of a template's tags.</summary>
    public static string WithSigns(Random random, string source)
    {
        var oneIn = random.Next(4) switch { 0 => 2, 1 => 6, _ => 0 };
        if (oneIn == 0)
        {
            return source;
        }

        foreach (var (plain, signed) in Signs)
        {
            source = string.Concat(source.Split(plain).Select((part, index) =>
                index == 0 ? part : (random.Next(oneIn) == 0 ? Pick(random, signed) : plain) + part));
        }

        return source;
    }

    private static string RandomTextJson(Random random) => System.Text.Json.JsonSerializer.Serialize(RandomText.Text(random));

    private static string Pick(Random random, string[] choices) => choices[random.Next(choices.Length)];
}
