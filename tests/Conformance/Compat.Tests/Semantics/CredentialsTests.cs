using Grpc.Core;

namespace Atropos.Compat.Tests.Semantics;

public class CredentialsTests
{
    [Fact]
    public void Each_kind_of_channel_credentials_tells_its_parts()
    {
        var pair = new KeyCertificatePair("chain", "key");
        VerifyPeerCallback verify = _ => true;
        var ssl = new SslCredentials("roots", pair, verify);
        var call = CallCredentials.FromInterceptor((_, _) => Task.CompletedTask);
        var seen = new ChannelParts();

        ChannelCredentials.Insecure.InternalPopulateConfiguration(seen, "s1");
        ssl.InternalPopulateConfiguration(seen, "s2");
        ChannelCredentials.Create(ssl, call).InternalPopulateConfiguration(seen, "s3");

        Assert.Equal(
            [("s1", []), ("s2", ["roots", pair, verify]), ("s3", [ssl, call])],
            seen.Calls.Select(c => (c.State, c.Parts)), PartsComparer);
        Assert.Null(((SslCredentials)ChannelCredentials.SecureSsl).RootCertificates);
    }

    [Fact]
    public void Each_kind_of_call_credentials_tells_its_parts()
    {
        AsyncAuthInterceptor interceptor = (_, _) => Task.CompletedTask;
        var (first, second) = (CallCredentials.FromInterceptor(interceptor), CallCredentials.FromInterceptor(interceptor));
        var seen = new CallParts();

        first.InternalPopulateConfiguration(seen, "one");
        CallCredentials.Compose(first, second).InternalPopulateConfiguration(seen, "both");

        Assert.Equal([("one", [interceptor]), ("both", [first, second])], seen.Calls, PartsComparer);
    }

    [Fact]
    public void Compositions_of_too_little_are_refused()
    {
        var one = CallCredentials.FromInterceptor((_, _) => Task.CompletedTask);

        Assert.Throws<ArgumentException>(() => CallCredentials.Compose(one));
        Assert.Throws<ArgumentNullException>(() => CallCredentials.Compose(one, null!));
        Assert.Throws<ArgumentNullException>(() => ChannelCredentials.Create(ChannelCredentials.Insecure, null!));
        Assert.Throws<ArgumentNullException>(() => CallCredentials.FromInterceptor(null!));
    }

    [Fact]
    public void Auth_context_finds_properties_by_name_and_identity()
    {
        var name = AuthProperty.Create("name", "peer"u8.ToArray());
        var context = new AuthContext("name", new() { ["name"] = [name], ["other"] = [AuthProperty.Create("other", [1])] });

        Assert.True(context.IsPeerAuthenticated);
        Assert.Same(name, Assert.Single(context.PeerIdentity));
        Assert.Equal("peer", name.Value);
        Assert.Equal(2, context.Properties.Count());
        Assert.Empty(context.FindPropertiesByName("missing"));
        Assert.False(new AuthContext(null, []).IsPeerAuthenticated);
        Assert.Empty(new AuthContext(null, []).PeerIdentity);
    }

    private static bool PartsComparer((object? State, object?[] Parts) a, (object? State, object?[] Parts) b) =>
        Equals(a.State, b.State) && a.Parts.SequenceEqual(b.Parts);

    private sealed class ChannelParts : ChannelCredentialsConfiguratorBase
    {
        public List<(object? State, object?[] Parts)> Calls { get; } = [];

        public override void SetInsecureCredentials(object? state) => Calls.Add((state, []));

        public override void SetSslCredentials(
            object? state, string? rootCertificates, KeyCertificatePair? keyCertificatePair, VerifyPeerCallback? verifyPeerCallback) =>
            Calls.Add((state, [rootCertificates, keyCertificatePair, verifyPeerCallback]));

        public override void SetCompositeCredentials(
            object? state, ChannelCredentials channelCredentials, CallCredentials callCredentials) =>
            Calls.Add((state, [channelCredentials, callCredentials]));
    }

    private sealed class CallParts : CallCredentialsConfiguratorBase
    {
        public List<(object? State, object?[] Parts)> Calls { get; } = [];

        public override void SetCompositeCredentials(object? state, IReadOnlyList<CallCredentials> credentials) =>
            Calls.Add((state, [.. credentials]));

        public override void SetAsyncAuthInterceptorCredentials(object? state, AsyncAuthInterceptor interceptor) =>
            Calls.Add((state, [interceptor]));
    }
}
