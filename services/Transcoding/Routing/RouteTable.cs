using Atropos.Transcoding.Calls;

namespace Atropos.Transcoding.Routing;

/// <summary>All routes as a tree of segments. Literals win over <c>*</c>, and that over <c>**</c>. Only read once built.</summary>
internal sealed class RouteTable
{
    private readonly Node _root = new();

    /// <summary>Adds a method under its verb and template.</summary>
    /// <exception cref="InvalidOperationException">Another method is there already.</exception>
    public void Add(BoundCall call)
    {
        var node = _root;
        foreach (var segment in call.Binding.Template.Segments)
        {
            node = node.Child(segment);
        }

        if (!node.Targets.TryGetValue(call.Binding.Template.Verb, out var verbs))
        {
            node.Targets.Add(call.Binding.Template.Verb, verbs = new(StringComparer.Ordinal));
        }

        if (!verbs.TryGetValue(call.Binding.Verb, out var target))
        {
            verbs.Add(call.Binding.Verb, target = new RouteTarget());
        }

        target.Add(call);
    }

    /// <summary>Finds what a request is for.</summary>
    /// <param name="path">The path, decoded, with its first slash.</param>
    /// <param name="verb">The HTTP verb. HEAD finds the routes of GET where it has none of its own.</param>
    public RouteMatch Match(string path, string verb)
    {
        var allowed = new SortedSet<string>(StringComparer.Ordinal);
        var segments = path is "" or "/" ? [] : path[1..].Split('/');
        var found = Find(segments, verb, allowed);
        if (found.Target is null && verb == "HEAD")
        {
            found = Find(segments, "GET", allowed);
        }

        if (allowed.Contains("GET"))
        {
            allowed.Add("HEAD");
        }

        return found;
    }

    private RouteMatch Find(string[] segments, string verb, SortedSet<string> allowed)
    {
        var colon = segments.Length == 0 ? -1 : segments[^1].LastIndexOf(':');
        if (colon >= 0)
        {
            string[] cut = [.. segments];
            cut[^1] = segments[^1][..colon];
            var suffixed = Search(_root, cut, 0, segments[^1][(colon + 1)..], verb, allowed);
            if (suffixed is not null)
            {
                return new RouteMatch(suffixed, cut, allowed);
            }
        }

        return new RouteMatch(Search(_root, segments, 0, "", verb, allowed), segments, allowed);
    }

    private static RouteTarget? Search(
        Node node, string[] segments, int at, string suffix, string verb, SortedSet<string> allowed)
    {
        if (at == segments.Length)
        {
            return node.Find(suffix, verb, allowed) ?? node.Rest?.Find(suffix, verb, allowed);
        }

        if (node.Literals.TryGetValue(segments[at], out var literal)
            && Search(literal, segments, at + 1, suffix, verb, allowed) is { } byLiteral)
        {
            return byLiteral;
        }

        if (node.Any is not null && segments[at].Length > 0
            && Search(node.Any, segments, at + 1, suffix, verb, allowed) is { } byAny)
        {
            return byAny;
        }

        return node.Rest?.Find(suffix, verb, allowed);
    }

    private sealed class Node
    {
        public Dictionary<string, Node> Literals { get; } = new(StringComparer.Ordinal);

        public Node? Any { get; private set; }

        public Node? Rest { get; private set; }

        /// <summary>By verb suffix, then by HTTP verb.</summary>
        public Dictionary<string, Dictionary<string, RouteTarget>> Targets { get; } = new(StringComparer.Ordinal);

        public Node Child(PathSegment segment)
        {
            if (segment.Literal is null)
            {
                return segment.Rest ? Rest ??= new Node() : Any ??= new Node();
            }

            if (!Literals.TryGetValue(segment.Literal, out var child))
            {
                Literals.Add(segment.Literal, child = new Node());
            }

            return child;
        }

        public RouteTarget? Find(string suffix, string verb, SortedSet<string> allowed)
        {
            if (!Targets.TryGetValue(suffix, out var verbs))
            {
                return null;
            }

            // A custom verb `*` takes what no other rule names.
            if (verbs.TryGetValue(verb, out var target) || verbs.TryGetValue("*", out target))
            {
                return target;
            }

            allowed.UnionWith(verbs.Keys);
            return null;
        }
    }
}
