using Atropos.Sessions.V1;
using Atropos.SessionTracker.Stores;

namespace Atropos.SessionTracker.Tests.Stores;

/// <summary>Keeps turns one by one.</summary>
internal static class SingleTurns
{
    public static Task AppendTurnAsync(
        this ISessionStore store, string uuid, TurnRecord turn, Action? onDurable = null, CancellationToken cancellationToken = default) =>
        store.AppendTurnsAsync(uuid, [turn], onDurable, cancellationToken);
}
