using Atropos.Jinja.Runtime;

namespace Atropos.Jinja;

/// <summary>Jinja's <c>joiner</c>: empty on the first call, the separator afterwards.</summary>
internal sealed class Joiner(object? separator) : PyObject
{
    private bool _used;

    public override string TypeName => "Joiner";

    public override bool IsCallable => true;

    public override object? Call(RenderContext context, CallArgs args)
    {
        args.RequireNone("joiner");
        if (_used)
        {
            return separator;
        }

        _used = true;
        return "";
    }
}
