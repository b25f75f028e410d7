namespace Atropos.Jinja;

/// <summary>What a dict's <c>keys()</c>, <c>values()</c> and <c>items()</c> give.</summary>
internal sealed class DictView(JinjaDict dict, DictViewKind kind) : PyObject
{
    public override string TypeName => kind switch
    {
        DictViewKind.Keys => "dict_keys",
        DictViewKind.Values => "dict_values",
        _ => "dict_items",
    };

    /// <summary>Whether a dict may have the view as a key.</summary>
    public bool IsHashable => kind is DictViewKind.Values;

    /// <summary>The dict, where this is the view of its keys.</summary>
    public JinjaDict? Keys => kind is DictViewKind.Keys ? dict : null;

    /// <summary>What Python calls the view's items in reverse.</summary>
    public string ReverseName => kind switch
    {
        DictViewKind.Keys => "dict_reversekeyiterator object",
        DictViewKind.Values => "dict_reversevalueiterator object",
        _ => "dict_reverseitemiterator object",
    };

    public override string Text => $"{TypeName}({Runtime.PyRepr.Repr(new JinjaList(ToArray()))})";

    public override long? Length => dict.Count;

    public override bool IsTrue => dict.Count > 0;

    public override IEnumerable<object?> Iterate() => ToArray();

    public object?[] ToArray()
    {
        if (kind is DictViewKind.Keys)
        {
            return dict.Keys.ToArray();
        }

        if (kind is DictViewKind.Values)
        {
            return dict.Values.ToArray();
        }

        var pairs = new object?[dict.Count];
        for (var i = 0; i < pairs.Length; i++)
        {
            pairs[i] = new JinjaTuple(dict.Keys[i], dict.Values[i]);
        }

        return pairs;
    }
}
