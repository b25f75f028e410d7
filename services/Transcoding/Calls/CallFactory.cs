using System.Reflection;
using Atropos.Transcoding.Json;
using Atropos.Transcoding.Routing;

namespace Atropos.Transcoding.Calls;

/// <summary>Makes the calls of every method that has an http rule. The only reflection is here, at start.</summary>
internal static class CallFactory
{
    public static RouteTable CreateTable(IEnumerable<TranscodedService> services, TranscodingOptions options)
    {
        var table = new RouteTable();
        var registry = new CodecRegistry();
        foreach (var service in services)
        {
            foreach (var method in service.Descriptor.Methods)
            {
                foreach (var binding in HttpBinding.Of(method))
                {
                    table.Add(Create(service, binding, registry, options));
                }
            }
        }

        return table;
    }

    private static BoundCall Create(TranscodedService service, HttpBinding binding, CodecRegistry registry, TranscodingOptions options)
    {
        var open = binding.Method.IsServerStreaming ? typeof(StreamingCall<,>) : typeof(UnaryCall<,>);
        var type = open.MakeGenericType(binding.Method.InputType.ClrType, binding.Method.OutputType.ClrType);
        try
        {
            return (BoundCall)Activator.CreateInstance(type, service.Invoker, binding, registry, options)!;
        }
        catch (TargetInvocationException e) when (e.InnerException is InvalidOperationException inner)
        {
            throw new InvalidOperationException(inner.Message, inner);
        }
    }
}
