using Atropos.InferenceRouter.Configuration;
using Atropos.InferenceRouter.Engines;
using Atropos.InferenceRouter.Errors;
using Grpc.Core;

namespace Atropos.InferenceRouter.Balancing;

/// <summary>Gives requests a place at an engine; those that find every engine full wait in line.</summary>
internal sealed class EngineBalancer
{
    private readonly EngineTable _table;
    private readonly IBalancingPolicy _policy;
    private readonly int _maxWaiting;
    private readonly Lock _lock = new();
    private readonly LinkedList<(EngineWish Wish, TaskCompletionSource<EngineLease> Place)> _waiting = new();

    public EngineBalancer(EngineTable table, InferenceRouterOptions options)
    {
        _table = table;
        _policy = BalancingPolicies.Find(options.Balancing)!;
        _maxWaiting = options.MaxWaitingRequests;
    }

    /// <summary>Takes a place, waiting for one where every engine that suits is full.</summary>
    /// <exception cref="GenerationException">No engine that suits is well, or too many wait already.</exception>
    public async ValueTask<EngineLease> AcquireAsync(EngineWish wish, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        LinkedListNode<(EngineWish, TaskCompletionSource<EngineLease>)> node;
        TaskCompletionSource<EngineLease> place;
        lock (_lock)
        {
            if (TryTake(wish) is { } lease)
            {
                return lease;
            }

            if (_waiting.Count >= _maxWaiting)
            {
                throw new GenerationException(
                    StatusCode.ResourceExhausted,
                    Reasons.TooManyWaiting,
                    $"{_waiting.Count} requests already wait for an engine; try again later");
            }

            place = new TaskCompletionSource<EngineLease>(TaskCreationOptions.RunContinuationsAsynchronously);
            node = _waiting.AddLast((wish, place));
        }

        await using var registration = cancellationToken.UnsafeRegister(
            (_, token) =>
            {
                lock (_lock)
                {
                    if (node.List is not null)
                    {
                        _waiting.Remove(node);
                    }
                }

                place.TrySetCanceled(token);
            },
            null);
        return await place.Task;
    }

    /// <summary>Chooses an engine without taking a place at it.</summary>
    /// <exception cref="GenerationException">No engine that suits is well.</exception>
    public Engine Choose(string model)
    {
        var suitable = _table.Engines.Where(engine => engine.Serves(model)).ToList();
        var usable = Usable(suitable);
        return usable.Count > 0 ? _policy.Choose(usable, "") : throw NoneHealthy(model, suitable);
    }

    /// <summary>Looks again whether someone in line can be served: an engine has become free, well or unwell.</summary>
    public void Reconsider()
    {
        lock (_lock)
        {
            for (var node = _waiting.First; node is not null;)
            {
                var next = node.Next;
                var (wish, place) = node.Value;
                try
                {
                    if (TryTake(wish) is { } lease)
                    {
                        _waiting.Remove(node);
                        if (!place.TrySetResult(lease))
                        {
                            lease.Engine.State.Ended();
                        }
                    }
                }
                catch (GenerationException failure)
                {
                    _waiting.Remove(node);
                    place.TrySetException(failure);
                }

                node = next;
            }
        }
    }

    public void Release(Engine engine)
    {
        engine.State.Ended();
        if (engine.Model.MaxRequestsInFlight > 0)
        {
            Reconsider();
        }
    }

    private static bool HasRoom(Engine engine) =>
        engine.Model.MaxRequestsInFlight == 0 || engine.State.InFlight < engine.Model.MaxRequestsInFlight;

    // Engines that asked to be left alone are asked all the same where there is no other: they know best what to answer.
    private static List<Engine> Usable(List<Engine> suitable)
    {
        var usable = suitable.FindAll(engine => engine.State.IsUsable);
        return usable.Count > 0 ? usable : suitable.FindAll(engine => engine.State.IsWell);
    }

    private static GenerationException NoneHealthy(string model, IEnumerable<Engine> suitable)
    {
        var why = string.Join("; ", suitable.Select(engine => engine.State.LastError).Where(error => error.Length > 0));
        return new GenerationException(
            StatusCode.Unavailable,
            Reasons.NoHealthyEngine,
            $"no engine that serves '{model}' is well{(why.Length > 0 ? ": " + why : "")}");
    }

    // Null where every engine that suits is full.
    private EngineLease? TryTake(EngineWish wish)
    {
        var suitable = Suitable(wish);
        var usable = Usable(suitable);
        if (usable.Count == 0)
        {
            throw NoneHealthy(wish.Model, suitable);
        }

        var fresh = usable.FindAll(engine => !wish.Tried.Contains(engine.Id));
        var free = (fresh.Count > 0 ? fresh : usable).FindAll(HasRoom);
        if (free.Count == 0)
        {
            return null;
        }

        var engine = free.Find(candidate => candidate.Id == wish.PreferredEngine) ?? _policy.Choose(free, wish.AffinityKey);
        engine.State.Began();
        return new EngineLease(engine, this);
    }

    private List<Engine> Suitable(EngineWish wish)
    {
        var suitable = _table.Engines.Where(engine => engine.Serves(wish.Model)).ToList();
        if (!wish.Pinned)
        {
            return suitable;
        }

        var pinned = suitable.FindAll(engine => engine.Id == wish.PreferredEngine);
        return pinned.Count > 0
            ? pinned
            : throw new GenerationException(
                StatusCode.NotFound,
                Reasons.EngineNotFound,
                $"no engine '{wish.PreferredEngine}' serves '{wish.Model}'; those that do: "
                    + $"{string.Join(", ", suitable.Select(engine => engine.Id))}",
                field: "preferred_engine");
    }
}
