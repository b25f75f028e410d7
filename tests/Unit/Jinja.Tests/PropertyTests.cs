using System.Globalization;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;

namespace Atropos.Jinja.Tests;

public sealed class PropertyTests
{
    [Fact]
    public void Text_without_tags_renders_as_itself() => Prop.ForAll<NonNull<string>>(text =>
    {
        var source = text.Get.Replace("{", "(", StringComparison.Ordinal).Replace("\r", "", StringComparison.Ordinal);
        return Render(source + "|", null) == source + "|";
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_printed_string_is_the_string() =>
        Prop.ForAll<NonNull<string>>(text => Render("{{ v }}", text.Get) == text.Get).QuickCheckThrowOnFailure();

    [Fact]
    public void A_strings_tojson_reads_back() => Prop.ForAll(WellFormed, text =>
        JsonSerializer.Deserialize<string>(Render("{{ v|tojson }}", text)) == text
        && JsonSerializer.Deserialize<string>(Render("{{ v|tojson(ensure_ascii=true) }}", text)) == text).QuickCheckThrowOnFailure();

    [Fact]
    public void A_printed_float_reads_back() => Prop.ForAll<NormalFloat>(number =>
        double.Parse(Render("{{ v }}", number.Get), CultureInfo.InvariantCulture) == number.Get).QuickCheckThrowOnFailure();

    [Fact]
    public void Floor_division_and_remainder_belong_together() => Prop.ForAll<int, NonZeroInt>((a, b) =>
        Render($"{{{{ (v // {b.Get}) * ({b.Get}) + v % ({b.Get}) }}}}", a)
            == a.ToString(CultureInfo.InvariantCulture)).QuickCheckThrowOnFailure();

    [Fact]
    public void Splitting_and_joining_gives_the_text_again() => Prop.ForAll(WellFormed, text =>
        Render("{{ ' '.join(v.split(' ')) }}", text) == text && Render("{{ v[::-1][::-1] }}", text) == text).QuickCheckThrowOnFailure();

    [Fact]
    public void Sorting_orders_numbers() => Prop.ForAll<int[]>(numbers =>
        Render("{{ v|sort|join(' ') }}", numbers.Cast<object?>().ToArray()) == string.Join(' ', numbers.Order())).QuickCheckThrowOnFailure();

    [Fact]
    public void Any_source_parses_and_renders_or_fails_as_a_template_does() => Prop.ForAll(Soup, source =>
    {
        try
        {
            Render(source, 1);
        }
        catch (TemplateException)
        {
            // The one kind of failure that callers have to expect.
        }

        return true;
    }).QuickCheckThrowOnFailure();

    private static Arbitrary<string> WellFormed => ArbMap.Default.ArbFor<NonNull<string>>()
        .Convert(text => text.Get, text => NonNull<string>.NewNonNull(text))
        .Filter(text => !text.Any(char.IsSurrogate));

    private static Arbitrary<string> Soup => Gen.Elements(
            "{{", "}}", "{%", "%}", "{#", "#}", "-", " if ", " for ", " in ", "v", " else ", "endif", "endfor", "set ", "=", "(", ")", "[", "]",
            "1", "'a'", "|", "upper", ".", "x", " is ", "defined", "\n", " ", "~", "**", ":", ",", "raw", "endraw", "macro m()", "endmacro", "m()")
        .ArrayOf().Select(string.Concat).ToArbitrary();

    private static string Render(string source, object? value) =>
        Template.Parse(source).Render(new Dictionary<string, object?> { ["v"] = value });
}
