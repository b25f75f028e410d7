using Atropos.Transcoding.Calls;

namespace Atropos.Transcoding.Routing;

/// <summary>The methods behind one verb and path. More than one only where the request body chooses.</summary>
internal sealed class RouteTarget
{
    private readonly List<BoundCall> _calls = [];

    public IReadOnlyList<BoundCall> Calls => _calls;

    /// <summary>Adds a method.</summary>
    /// <exception cref="InvalidOperationException">Nothing tells it from a method that is there.</exception>
    public void Add(BoundCall call)
    {
        var same = _calls.Find(c => c.Binding.When == call.Binding.When);
        if (same is not null)
        {
            throw new InvalidOperationException(
                $"{same.Binding.Method.FullName} and {call.Binding.Method.FullName} are both reached by {call.Binding.Verb} "
                + $"{call.Binding.Template.Text}: change a path, or give one the option `when`.");
        }

        _calls.Add(call);
    }
}
