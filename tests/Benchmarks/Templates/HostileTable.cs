using System.Diagnostics;
using System.Globalization;
using System.Text;
using Atropos.Jinja;

namespace Atropos.Benchmarks.Templates;

/// <summary>`templates-hostile`: what templates that mean harm cost before a default limit ends them.</summary>
internal static class HostileTable
{
    private const string Large = "{% set s = 'x' * 60000000 %}";
    private const string Graph = "{% set n = namespace(l=[1]) %}{% for i in range(60) %}{% set n.l = [n.l, n.l] %}{% endfor %}";
    private const string Integer = "{% set b = 3 ** 20000 %}";

    private static readonly (string Name, string Source)[] Templates =
    [
        ("nested loops", "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}"),
        ("arithmetic in loops", "{% for a in range(99999) %}{% for b in range(99999) %}{% set x = a * b + 1.5 %}{% endfor %}{% endfor %}"),
        ("a long expression in loops", "{% for a in range(99999) %}{{ 1" + string.Concat(Enumerable.Repeat(" + 1", 60_000)) + " }}{% endfor %}"),
        ("large integers multiplied", Integer + "{% for a in range(99999) %}{% set c = b * b %}{% endfor %}"),
        ("large integers printed", Integer + "{% for a in range(99999) %}{% set c = b|string %}{% endfor %}"),
        ("large integers in binary", Integer + "{% for a in range(99999) %}{% set c = '{:b}'.format(b) %}{% endfor %}"),
        ("powers", "{% for a in range(99999) %}{% set c = (a + 2) ** 3000 %}{% endfor %}"),
        ("texts compared", Large + "{% set t = s ~ '' %}{% for a in range(99999) %}{% set c = s == t %}{% endfor %}"),
        ("texts ordered", Large + "{% set t = s ~ '' %}{% for a in range(99999) %}{% set c = s < t %}{% endfor %}"),
        ("a long part looked for", Large + "{% set t = 'x' * 20000000 ~ 'yx' %}{% for a in range(99999) %}{% set c = t in s %}{% endfor %}"),
        ("a long part replaced", Large + "{% set t = 'x' * 20000000 ~ 'yx' %}{% for a in range(99999) %}{% set c = s.replace(t, '') %}{% endfor %}"),
        ("find and count", Large + "{% for a in range(99999) %}{% set c = s.rfind('y') + s.count('xy') %}{% endfor %}"),
        ("case and predicates", Large + "{% for a in range(99999) %}{% set c = s.upper().isalpha() %}{% endfor %}"),
        ("split at a character", Large + "{{ s.split('x')|length }}"),
        ("split at no space", "{% set s = 'x ' * 30000000 %}{{ s.split()|length }}"),
        ("list of characters", Large + "{{ s|list|length }}"),
        ("wordwrap", Large + "{{ s|wordwrap(1)|length }}"),
        ("wordwrap with a long separator", "{% set s = 'x' * 1000000 %}{{ s|wordwrap(1, true, s)|length }}"),
        ("indent", "{% set s = 'x\n' * 1000000 %}{{ s|indent(1000)|length }}"),
        ("expandtabs", "{% set s = '\t' * 60000000 %}{{ s.expandtabs(1000)|length }}"),
        ("join of large texts", Large + "{% set l = [s] * 1000 %}{{ l|join|length }}"),
        ("tojson of large texts", Large + "{% set l = [s] * 1000 %}{{ l|tojson|length }}"),
        ("large texts printed", Large + "{% set l = [s] * 1000 %}{{ l }}"),
        ("large texts formatted", Large + "{% set c = '{0}' * 1000 %}{{ c.format(s)|length }}"),
        ("a thousand large texts", "{% set n = namespace(l=[]) %}{% for a in range(1000) %}{% set n.l = n.l + ['x' * 60000000] %}{% endfor %}"),
        ("small objects kept", "{% set n = namespace(l=[]) %}{% for a in range(99999) %}{% for b in range(999) %}{% set n.l = [n.l, namespace(x=b)] %}{% endfor %}{% endfor %}"),
        ("a graph printed", Graph + "{{ n.l }}"),
        ("a graph as JSON", Graph + "{{ n.l|tojson }}"),
        ("graphs compared", Graph + "{% set a = n.l %}" + Graph + "{{ a == n.l }}"),
        ("a graph as a key", "{% set n = namespace(l=(1,)) %}{% for i in range(60) %}{% set n.l = (n.l, n.l) %}{% endfor %}{{ {n.l: 1} }}"),
        ("sort of large texts", Large + "{% set l = [s ~ '1', s ~ '2', s ~ '3'] %}{% for a in range(99999) %}{% set c = l|sort %}{% endfor %}"),
        ("sort of lists", "{% set l = range(99999)|map('string')|list %}{% for a in range(99999) %}{% set c = l|sort %}{% endfor %}"),
        ("membership", "{% set l = range(99999)|list %}{% for a in range(99999) %}{% set c = -1 in l %}{% endfor %}"),
        ("generators over generators", "{% set n = namespace(g=[1]) %}{% for a in range(99999) %}{% set n.g = n.g|map('upper') %}{% endfor %}{{ n.g|list }}"),
        ("urlize", "{% set s = 'www.a.bc ' * 100000 %}{{ s|urlize(none, false, 'x' * 1000000)|length }}"),
        ("xmlattr", Large + "{{ {'a': s, 'b': s, 'c': s}|xmlattr|length }}"),
        ("escape", "{% set s = '&' * 60000000 %}{{ s|e|length }}"),
        ("macro recursion", "{% macro m(n) %}{{ m(n + 1) }}{% endmacro %}{{ m(0) }}"),
        ("macro fan-out", "{% macro m(n) %}{% if n %}{{ m(n - 1) }}{{ m(n - 1) }}{% endif %}{% endmacro %}{{ m(150) }}"),
        ("doubling", "{% set n = namespace(s='x') %}{% for a in range(99) %}{% set n.s = n.s ~ n.s %}{% endfor %}"),
        ("one character at a time", "{% for a in range(99999) %}{% for b in range(99999) %}x{% endfor %}{% endfor %}"),
        ("slices", "{% set l = range(99999)|list %}{% for a in range(99999) %}{% set c = l[1:] %}{% endfor %}"),
    ];

    private static readonly (string Name, string Piece)[] Sources =
    [
        ("variables", "{{a}}"),
        ("blocks of an open kind", "{{"),
        ("comments", "{##}"),
        ("raw blocks", "{%raw%}{%endraw%}"),
        ("open braces", "{"),
        ("white space", "   \n"),
        ("white space before tags", "\n      {%set a=1%}"),
        ("distinct names", "{{a#}}"),
        ("distinct assignments", "{%set a#=1%}"),
        ("distinct names in elif", "{%elif a#%}{{b#}}"),
        ("distinct assignments in if", "{%if a%}{%set a#=1%}{%endif%}"),
        ("distinct assignments in for", "{%for a in b%}{%set a#=1%}{%endfor%}"),
        ("macros", "{%macro a#()%}{{b#}}{%endmacro%}"),
        ("conditions", "{{a if b else c}}"),
        ("strings", "{{'a''b'}}"),
        ("brackets", "{{[[[[a]]]]}}"),
    ];

    public static void Run(string[] only)
    {
        Console.WriteLine("| template | ended by | ms | MB allocated |");
        Console.WriteLine("|---|---|---|---|");
        foreach (var (name, source) in Templates)
        {
            if (only.Length > 0 && !only.Contains(name))
            {
                continue;
            }

            var template = Template.Parse(source);
            GC.Collect();
            var allocated = GC.GetAllocatedBytesForCurrentThread();
            var start = Stopwatch.GetTimestamp();
            var end = End(template);
            var time = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {name} | {end} | {time:F0} | {allocated / 1e6:F0} |"));
        }
    }

    /// <summary>Sources as long as they may be, of one piece again and again.</summary>
    public static void Parse()
    {
        Console.WriteLine("\n| source of 256 Ki characters | ms | MB allocated |");
        Console.WriteLine("|---|---|---|");
        foreach (var (name, piece) in Sources)
        {
            var source = new StringBuilder(piece.StartsWith("{%elif", StringComparison.Ordinal) ? "{%if a%}" : "");
            for (var i = 0; source.Length + piece.Length + 20 < 256 << 10; i++)
            {
                source.Append(piece.Replace("#", piece == "{##}" ? "#" : i.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal));
            }

            var text = source.Append(piece.StartsWith("{%elif", StringComparison.Ordinal) ? "{%endif%}" : "").ToString();
            var allocated = GC.GetAllocatedBytesForCurrentThread();
            var start = Stopwatch.GetTimestamp();
            try
            {
                Template.Parse(text);
            }
            catch (TemplateSyntaxException)
            {
                // That it ends counts, not how.
            }

            var time = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {name} | {time:F0} | {allocated / 1e6:F0} |"));
        }
    }

    private static string End(Template template)
    {
        try
        {
            return $"its own end, {template.Render(new Dictionary<string, object?>()).Length} characters";
        }
        catch (TemplateLimitException error)
        {
            return error.Limit;
        }
        catch (TemplateRuntimeException error)
        {
            return error.Message;
        }
    }
}
