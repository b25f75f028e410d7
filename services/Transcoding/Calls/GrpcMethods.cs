using Google.Protobuf;
using Google.Protobuf.Reflection;
using Grpc.Core;

namespace Atropos.Transcoding.Calls;

/// <summary>Makes the method objects that invokers take; generated code keeps its own private.</summary>
internal static class GrpcMethods
{
    public static Method<TRequest, TResponse> Create<TRequest, TResponse>(MethodDescriptor method)
        where TRequest : class, IMessage<TRequest>, new()
        where TResponse : class, IMessage<TResponse>, new()
        => new(
            method.IsServerStreaming ? MethodType.ServerStreaming : MethodType.Unary,
            method.Service.FullName,
            method.Name,
            MarshallerOf<TRequest>(method.InputType),
            MarshallerOf<TResponse>(method.OutputType));

    private static Marshaller<T> MarshallerOf<T>(MessageDescriptor descriptor)
        where T : class, IMessage<T>, new()
    {
        var parser = (MessageParser<T>)descriptor.Parser;
        return new Marshaller<T>(Serialize, context => parser.ParseFrom(context.PayloadAsReadOnlySequence()));
    }

    private static void Serialize<T>(T message, SerializationContext context)
        where T : class, IMessage<T>
    {
        context.SetPayloadLength(message.CalculateSize());
        message.WriteTo(context.GetBufferWriter());
        context.Complete();
    }
}
