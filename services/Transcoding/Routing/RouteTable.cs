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
            var suffixed = new Lookup(cut, segments[^1][(colon + 1)..], verb, allowed).Search(_root, 0, named: false);
            if (suffixed is not null)
            {
                return new RouteMatch(suffixed, cut, allowed);
            }
        }

        return new RouteMatch(new Lookup(segments, "", verb, allowed).Search(_root, 0, named: false), segments, allowed);
    }

    private readonly record struct Lookup(string[] Segments, string Suffix, string Verb, SortedSet<string> Allowed)
    {
        /// <summary>Goes on from a node. <paramref name="named"/> tells whether a literal of the path has matched so far.</summary>
        public RouteTarget? Search(Node node, int at, bool named)
        {
            if (at == Segments.Length)
            {
                return Take(node, named) ?? Take(node.Rest, named);
            }

            if (node.Literals.TryGetValue(Segments[at], out var literal) && Search(literal, at + 1, named: true) is { } byLiteral)
            {
                return byLiteral;
            }

            if (node.Any is not null && Segments[at].Length > 0 && Search(node.Any, at + 1, named) is { } byAny)
            {
                return byAny;
            }

            return Take(node.Rest, named);
        }

        // A path that only wildcards match is nobody's: with `DELETE /{id}` in the table, `GET /favicon.ico` is unknown, not refused.
        private RouteTarget? Take(Node? node, bool named) => node?.Find(Suffix, Verb, named ? Allowed : null);
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

        public RouteTarget? Find(string suffix, string verb, SortedSet<string>? allowed)
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

            allowed?.UnionWith(verbs.Keys);
            return null;
        }
    }
}
