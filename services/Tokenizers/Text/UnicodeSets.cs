using System.Collections.Frozen;
using System.Text;

namespace Atropos.Tokenizers.Text;

/// <summary>Sets of characters that .NET has no tables of, read once from the embedded file that generate_unicode_sets.cjs writes.</summary>
internal static class UnicodeSets
{
    private const string PropertyPrefix = "property/";
    private const string ClassPrefix = "class/";

    private static readonly Lazy<FrozenDictionary<string, int[]>> All = new(Read);
    private static readonly Lazy<FrozenDictionary<string, string>> Properties = new(static () => All.Value.Keys
        .Where(static name => name.StartsWith(PropertyPrefix, StringComparison.Ordinal))
        .ToFrozenDictionary(static name => Simplify(name[PropertyPrefix.Length..])));

    /// <summary>The set of that name as the bounds at which membership changes, the first being the first member.</summary>
    public static int[] Bounds(string name) => All.Value[name];

    /// <summary>The bounds of Oniguruma's <c>\p{name}</c> for a script or another property, or null for a name that is none.</summary>
    public static int[]? Property(string name) => Properties.Value.TryGetValue(Simplify(name), out var full) ? All.Value[full] : null;

    /// <summary>The sets of characters that UnicodeScripts keeps together.</summary>
    public static IEnumerable<int[]> Classes() =>
        All.Value.Where(static set => set.Key.StartsWith(ClassPrefix, StringComparison.Ordinal)).Select(static set => set.Value);

    /// <summary>Whether a set holds a character.</summary>
    public static bool Contains(int[] bounds, int codePoint)
    {
        var found = Array.BinarySearch(bounds, codePoint);
        return ((found >= 0 ? found : ~found - 1) & 1) == 0;
    }

    private static string Simplify(string name) =>
        name.Replace("_", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal).ToUpperInvariant();

    private static FrozenDictionary<string, int[]> Read()
    {
        using var stream = typeof(UnicodeSets).Assembly.GetManifestResourceStream("Atropos.Tokenizers.unicode-sets.bin")
            ?? throw new InvalidOperationException("The assembly lacks its resource unicode-sets.bin.");
        using var reader = new BinaryReader(stream, Encoding.ASCII);
        var sets = new Dictionary<string, int[]>();
        while (stream.Position < stream.Length)
        {
            var name = Encoding.ASCII.GetString(reader.ReadBytes(reader.ReadByte()));
            var bounds = new int[reader.Read7BitEncodedInt() * 2];
            var at = 0;
            for (var index = 0; index < bounds.Length; index += 2)
            {
                bounds[index] = at += reader.Read7BitEncodedInt();
                bounds[index + 1] = at += reader.Read7BitEncodedInt() + 1;
            }

            sets[name] = bounds;
        }

        return sets.ToFrozenDictionary();
    }
}
