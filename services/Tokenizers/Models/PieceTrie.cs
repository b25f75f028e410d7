using System.Text;

namespace Atropos.Tokenizers.Models;

/// <summary>
/// A set of pieces as a double-array trie over UTF-8: one array lookup and one comparison a byte, eight bytes a node, no object for
/// each piece. Immutable.
/// </summary>
internal sealed class PieceTrie
{
    /// <summary>The node from which every piece starts.</summary>
    public const int Root = 0;

    /// <summary>The label under which a node that has children keeps its own id: no byte of UTF-8 is 0xFF.</summary>
    internal const int ValueLabel = 0xFF;

    private readonly Unit[] _units;

    internal PieceTrie(Unit[] units, int longestPiece)
    {
        _units = units;
        LongestPiece = longestPiece;
    }

    /// <summary>The length of the longest piece in bytes.</summary>
    public int LongestPiece { get; }

    /// <summary>The nodes for a loop that walks them itself, as <see cref="TryStep(ref int, byte, out int)"/> does.</summary>
    public ReadOnlySpan<Unit> Units => _units;

    /// <summary>Follows a byte.</summary>
    /// <param name="node">The node so far; becomes the next one.</param>
    /// <param name="label">The byte.</param>
    /// <param name="id">The id of the piece that ends there; -1 where none does.</param>
    /// <returns>Whether any piece goes on like this.</returns>
    public bool TryStep(ref int node, byte label, out int id) => TryStep(_units, ref node, label, out id);

    /// <inheritdoc cref="TryStep(ref int, byte, out int)"/>
    public static bool TryStep(ReadOnlySpan<Unit> units, ref int node, byte label, out int id)
    {
        id = -1;
        var origin = units[node].Base;
        if (origin < 0)
        {
            return false;
        }

        var next = (origin >> 1) ^ label;
        var unit = units[next];
        if (unit.Parent != node)
        {
            return false;
        }

        node = next;
        if (unit.Base < 0)
        {
            id = ~unit.Base;
        }
        else if ((unit.Base & 1) != 0)
        {
            id = ~units[(unit.Base >> 1) ^ ValueLabel].Base;
        }

        return true;
    }

    /// <summary>The node behind a text.</summary>
    /// <returns>Whether any piece starts with it.</returns>
    public bool TryWalk(ReadOnlySpan<char> text, out int node)
    {
        node = Root;
        foreach (var label in Encoding.UTF8.GetBytes(text.ToString()))
        {
            if (!TryStep(ref node, label, out _))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Looks up a whole piece.</summary>
    /// <returns>Its id; -1 when it is not in the set.</returns>
    public int IdOf(ReadOnlySpan<byte> piece)
    {
        var node = Root;
        var id = -1;
        foreach (var label in piece)
        {
            if (!TryStep(ref node, label, out id))
            {
                return -1;
            }
        }

        return id;
    }

    /// <summary>
    /// A node. Base is <c>~id</c> in one without children; else twice the place from which its children's are reckoned (place XOR
    /// byte), plus one where the node is itself a piece.
    /// </summary>
    internal struct Unit
    {
        public int Base;

        /// <summary>The node whose child this is; -1 at the root and where nothing is.</summary>
        public int Parent;
    }
}
