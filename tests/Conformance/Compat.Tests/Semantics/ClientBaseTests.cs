using Atropos.Tests.Echo;
using Grpc.Core;
using Grpc.Core.Interceptors;

namespace Atropos.Compat.Tests.Semantics;

public class ClientBaseTests
{
    private static readonly EchoResponse Answer = new();

    [Fact]
    public void With_host_names_the_host_in_every_call()
    {
        var invoker = new HostNotingInvoker();
        var client = new EchoService.EchoServiceClient(invoker);

        client.Unary(new EchoRequest());
        client.WithHost("a.example").Unary(new EchoRequest());
        client.WithHost("a.example").WithHost("b.example").Unary(new EchoRequest());
        client.Unary(new EchoRequest());

        Assert.Equal([null, "a.example", "b.example", null], invoker.Hosts);
    }

    [Fact]
    public void Client_without_channel_refuses_calls_as_documented()
    {
        Assert.Throws<NotImplementedException>(() => new Double().Unary(new EchoRequest()));
    }

    [Fact]
    public void Client_without_anything_to_call_is_refused()
    {
        Assert.Throws<ArgumentNullException>(() => new EchoService.EchoServiceClient((CallInvoker)null!));
        Assert.Throws<ArgumentNullException>(() => new EchoService.EchoServiceClient((ChannelBase)null!));
    }

    [Fact]
    public void Interceptors_added_later_run_earlier()
    {
        var seen = new List<string>();
        var invoker = new HostNotingInvoker()
            .Intercept(new BlockingNote("c", seen), new BlockingNote("d", seen))
            .Intercept(new BlockingNote("b", seen))
            .Intercept(new BlockingNote("a", seen));

        new EchoService.EchoServiceClient(invoker).Unary(new EchoRequest());

        Assert.Equal(["a", "b", "c", "d"], seen);
        Assert.Throws<ArgumentNullException>(() => invoker.Intercept((Interceptor)null!));
        Assert.Throws<ArgumentNullException>(() => invoker.Intercept(new BlockingNote("x", seen), null!));
    }

    [Fact]
    public void Definition_adds_its_methods_to_a_binder_in_order()
    {
        var definition = EchoService.BindService(new EchoServiceImpl(new EchoProbe()));
        var binder = new NamingBinder();

        definition.BindService(binder);

        Assert.Equal(["Unary Unary", "ClientStreaming Collect", "ServerStreaming Expand", "DuplexStreaming Chat"], binder.Names);
        Assert.Throws<NotSupportedException>(() => definition.BindService(new ServiceBinderBase()));
    }

    [Fact]
    public void Method_of_one_name_is_defined_once()
    {
        var strings = Marshallers.StringMarshaller;
        var method = new Method<string, string>(MethodType.Unary, "a.B", "C", strings, strings);
        UnaryServerMethod<string, string> handler = (request, _) => Task.FromResult(request);

        Assert.Equal("/a.B/C", method.FullName);
        Assert.Throws<ArgumentException>(
            () => ServerServiceDefinition.CreateBuilder().AddMethod(method, handler).AddMethod(method, handler));
    }

    private sealed class Double : EchoService.EchoServiceClient;

    private sealed class BlockingNote(string name, List<string> seen) : Interceptor
    {
        public override TResponse BlockingUnaryCall<TRequest, TResponse>(
            TRequest request,
            ClientInterceptorContext<TRequest, TResponse> context,
            BlockingUnaryCallContinuation<TRequest, TResponse> continuation)
        {
            seen.Add(name);
            return continuation(request, context);
        }
    }

    private sealed class NamingBinder : ServiceBinderBase
    {
        public List<string> Names { get; } = [];

        public override void AddMethod<TRequest, TResponse>(
            Method<TRequest, TResponse> method, UnaryServerMethod<TRequest, TResponse>? handler) => Note(method);

        public override void AddMethod<TRequest, TResponse>(
            Method<TRequest, TResponse> method, ClientStreamingServerMethod<TRequest, TResponse>? handler) => Note(method);

        public override void AddMethod<TRequest, TResponse>(
            Method<TRequest, TResponse> method, ServerStreamingServerMethod<TRequest, TResponse>? handler) => Note(method);

        public override void AddMethod<TRequest, TResponse>(
            Method<TRequest, TResponse> method, DuplexStreamingServerMethod<TRequest, TResponse>? handler) => Note(method);

        private void Note(IMethod method) => Names.Add($"{method.Type} {method.Name}");
    }

    private sealed class HostNotingInvoker : CallInvoker
    {
        public List<string?> Hosts { get; } = [];

        public override TResponse BlockingUnaryCall<TRequest, TResponse>(
            Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request)
        {
            Hosts.Add(host);
            return (TResponse)(object)Answer;
        }

        public override AsyncUnaryCall<TResponse> AsyncUnaryCall<TRequest, TResponse>(
            Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request) =>
            throw new NotSupportedException();

        public override AsyncServerStreamingCall<TResponse> AsyncServerStreamingCall<TRequest, TResponse>(
            Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request) =>
            throw new NotSupportedException();

        public override AsyncClientStreamingCall<TRequest, TResponse> AsyncClientStreamingCall<TRequest, TResponse>(
            Method<TRequest, TResponse> method, string? host, CallOptions options) => throw new NotSupportedException();

        public override AsyncDuplexStreamingCall<TRequest, TResponse> AsyncDuplexStreamingCall<TRequest, TResponse>(
            Method<TRequest, TResponse> method, string? host, CallOptions options) => throw new NotSupportedException();
    }
}
