using System.Collections.Frozen;

namespace Atropos.Jinja.Builtins;

/// <summary>Jinja's built-in filters by name.</summary>
internal static class FilterTable
{
    private static readonly FrozenDictionary<string, BuiltinFilter> All = new Dictionary<string, BuiltinFilter>
    {
        ["abs"] = NumberFilters.Abs,
        ["float"] = NumberFilters.Float,
        ["int"] = NumberFilters.Int,
        ["round"] = NumberFilters.Round,
        ["sum"] = NumberFilters.Sum,
        ["filesizeformat"] = NumberFilters.FileSize,
        ["capitalize"] = TextFilters.Capitalize,
        ["center"] = TextFilters.Center,
        ["format"] = TextFilters.Format,
        ["indent"] = TextFilters.Indent,
        ["lower"] = TextFilters.Lower,
        ["upper"] = TextFilters.Upper,
        ["title"] = TextFilters.Title,
        ["trim"] = TextFilters.Trim,
        ["replace"] = TextFilters.Replace,
        ["string"] = TextFilters.String,
        ["truncate"] = TextFilters.Truncate,
        ["wordcount"] = TextFilters.WordCount,
        ["wordwrap"] = TextFilters.WordWrap,
        ["pprint"] = TextFilters.PrettyPrint,
        ["tojson"] = TextFilters.ToJson,
        ["e"] = HtmlFilters.Escape,
        ["escape"] = HtmlFilters.Escape,
        ["forceescape"] = HtmlFilters.ForceEscape,
        ["safe"] = HtmlFilters.Safe,
        ["striptags"] = HtmlFilters.StripTags,
        ["urlencode"] = HtmlFilters.UrlEncode,
        ["urlize"] = HtmlFilters.Urlize,
        ["xmlattr"] = HtmlFilters.XmlAttributes,
        ["attr"] = ValueFilters.Attribute,
        ["d"] = ValueFilters.Default,
        ["default"] = ValueFilters.Default,
        ["count"] = ValueFilters.Length,
        ["length"] = ValueFilters.Length,
        ["list"] = ValueFilters.List,
        ["items"] = ValueFilters.Items,
        ["dictsort"] = ValueFilters.DictSort,
        ["first"] = ValueFilters.First,
        ["last"] = ValueFilters.Last,
        ["random"] = ValueFilters.Random,
        ["reverse"] = ValueFilters.Reverse,
        ["join"] = SequenceFilters.Join,
        ["batch"] = SequenceFilters.Batch,
        ["slice"] = SequenceFilters.Slice,
        ["sort"] = SequenceFilters.Sort,
        ["unique"] = SequenceFilters.Unique,
        ["min"] = SequenceFilters.Min,
        ["max"] = SequenceFilters.Max,
        ["groupby"] = SequenceFilters.GroupBy,
        ["map"] = SelectionFilters.Map,
        ["select"] = (context, value, args) => SelectionFilters.Select(context, value, args, "select"),
        ["reject"] = (context, value, args) => SelectionFilters.Select(context, value, args, "reject"),
        ["selectattr"] = (context, value, args) => SelectionFilters.SelectAttribute(context, value, args, "selectattr"),
        ["rejectattr"] = (context, value, args) => SelectionFilters.SelectAttribute(context, value, args, "rejectattr"),
    }.ToFrozenDictionary();

    public static BuiltinFilter? Find(string name) => All.GetValueOrDefault(name);
}
