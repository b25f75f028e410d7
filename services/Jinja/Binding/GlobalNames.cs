namespace Atropos.Jinja.Binding;

/// <summary>The names that a template takes from outside, each with its index.</summary>
internal sealed class GlobalNames
{
    private readonly Dictionary<string, int> _indexes = [];
    private readonly List<string> _names = [];

    public int Index(string name)
    {
        if (!_indexes.TryGetValue(name, out var index))
        {
            index = _names.Count;
            _indexes.Add(name, index);
            _names.Add(name);
        }

        return index;
    }

    public string[] ToArray() => _names.ToArray();
}
