using Atropos.SessionTracker.Stores;

namespace Atropos.SessionTracker.Tests.Stores;

public sealed class MemorySessionStoreTests : SessionStoreContract
{
    protected override ISessionStore Open() => new MemorySessionStore();
}
