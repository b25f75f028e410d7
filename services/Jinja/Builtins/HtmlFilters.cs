using System.Buffers;
using System.Text;
using System.Text.RegularExpressions;
using Atropos.Jinja.Errors;
using Atropos.Jinja.Formatting;
using Atropos.Jinja.Runtime;

namespace Atropos.Jinja.Builtins;

/// <summary>Filters for HTML and URLs.</summary>
internal static partial class HtmlFilters
{
    private static readonly SearchValues<char> AttributeBreakers = SearchValues.Create(" \t\r\n\f/>=");

    public static object? Escape(RenderContext context, object? value, CallArgs args)
    {
        args.RequireNone("escape");
        return value is Markup ? value : Made(context, Markup.Escape(PyRepr.Text(value)));
    }

    public static object? ForceEscape(RenderContext context, object? value, CallArgs args)
    {
        args.RequireNone("forceescape");
        return Made(context, Markup.Escape(PyRepr.Text(value)));
    }

    public static object? Safe(RenderContext _, object? value, CallArgs args)
    {
        args.RequireNone("safe");
        return value is Markup ? value : new Markup(PyRepr.Text(value));
    }

    public static object? StripTags(RenderContext context, object? value, CallArgs args)
    {
        args.RequireNone("striptags");
        var text = Tag().Replace(Comment().Replace(PyRepr.Text(value), ""), "");
        context.Charge(text.Length);
        return System.Net.WebUtility.HtmlDecode(string.Join(' ', StringSplitter.Split(text, null, int.MaxValue, fromRight: false)));
    }

    public static object? UrlEncode(RenderContext context, object? value, CallArgs args)
    {
        args.RequireNone("urlencode");
        if (value is string or Markup || !PyIter.IsIterable(value))
        {
            return Quote(context, PyRepr.Text(value), keepSlash: true, plusForSpace: false);
        }

        var pairs = value is JinjaDict dict ? new DictView(dict, DictViewKind.Items).ToArray() : PyIter.Items(context, value);
        return string.Join('&', pairs.Select(pair =>
        {
            var items = PyIter.Items(context, pair);
            return items.Length == 2
                ? $"{Quote(context, PyRepr.Text(items[0]), false, true)}={Quote(context, PyRepr.Text(items[1]), false, true)}"
                : throw PyError.Value("urlencode needs pairs");
        }));
    }

    public static object? Urlize(RenderContext context, object? value, CallArgs args)
    {
        var bound = args.Bind("urlize", ["trim_url_limit", "nofollow", "target", "rel", "extra_schemes"]);
        var given = Arg.Or(bound[3], null) is { } relation && PyTypes.IsTrue(relation) ? Arg.RequireText(relation, "urlize") : "";
        var parts = StringSplitter.Split(given, null, int.MaxValue, fromRight: false).Append("noopener");
        var rel = string.Join(' ', (Arg.Flag(bound[1]) ? parts.Append("nofollow") : parts).Distinct().Order(StringComparer.Ordinal));
        var target = Arg.Or(bound[2], null) is { } window && PyTypes.IsTrue(window) ? $" target=\"{Markup.Escape(PyRepr.Text(window))}\"" : "";
        var schemes = Arg.Or(bound[4], null) is { } extra
            ? Array.ConvertAll(PyIter.Items(context, extra), scheme => Arg.RequireText(scheme, "urlize"))
            : [];
        foreach (var scheme in schemes.Where(scheme => !UrlFinder.IsScheme(scheme)))
        {
            throw new TemplateRuntimeException("FilterArgumentError", $"{PyRepr.Repr(scheme)} is not a valid URI scheme prefix.");
        }

        var text = value is Markup markup ? markup.Value : Markup.Escape(PyRepr.Text(value));
        context.ChargeText((Int128)text.Length * 4);
        var limit = Arg.Or(bound[0], null);
        var links = new UrlFinder(context, $" rel=\"{Markup.Escape(rel)}\"{target}", schemes, shown => limit is null ? shown : Shorten(context, shown, limit));
        return links.Link(text);
    }

    public static object? XmlAttributes(RenderContext context, object? value, CallArgs args)
    {
        var autospace = Arg.Flag(args.Bind("xmlattr", ["autospace"])[0], fallback: true);
        if (value is not JinjaDict dict)
        {
            Undefined.Reject(value);
            throw PyError.Type($"'{PyTypes.Name(value)}' object has no attribute 'items'");
        }

        using var result = new TextBuilder(context);
        for (var i = 0; i < dict.Count; i++)
        {
            if (dict.Values[i] is null or Undefined)
            {
                continue;
            }

            var name = Arg.RequireText(dict.Keys[i], "xmlattr");

            if (name.AsSpan().IndexOfAny(AttributeBreakers) >= 0)
            {
                throw PyError.Value($"Invalid character in attribute name: {PyRepr.Repr(name)}");
            }

            result.Append(autospace || result.Length > 0 ? " " : "");
            result.Append(Markup.Escape(name));
            result.Append("=\"");
            result.Append(Markup.Escape(PyRepr.Text(dict.Values[i])));
            result.Append('"');
        }

        return result.ToString();
    }

    private static string Shorten(RenderContext context, string url, object limit) =>
        PyCompare.Order(Box.Int(PyText.Length(url)), limit, ">") > 0
            ? (string)PyAccess.Slice(context, url, null, limit, null)! + "..."
            : url;

    private static string Quote(RenderContext context, string text, bool keepSlash, bool plusForSpace)
    {
        context.ChargeText((Int128)text.Length * 3);
        var result = new StringBuilder(text.Length);
        foreach (var b in Encoding.UTF8.GetBytes(text))
        {
            var c = (char)b;
            if (char.IsAsciiLetterOrDigit(c) || c is '_' or '.' or '-' or '~' || (keepSlash && c == '/'))
            {
                result.Append(c);
            }
            else
            {
                result.Append(plusForSpace && c == ' ' ? "+" : $"%{b:X2}");
            }
        }

        return result.ToString();
    }

    private static Markup Made(RenderContext context, string text)
    {
        context.ChargeText(text.Length);
        return new Markup(text);
    }

    [GeneratedRegex("<!--.*?-->", RegexOptions.Singleline | RegexOptions.NonBacktracking)]
    private static partial Regex Comment();

    [GeneratedRegex("<[^>]*>", RegexOptions.Singleline | RegexOptions.NonBacktracking)]
    private static partial Regex Tag();
}
