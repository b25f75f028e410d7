using System.Buffers;
using Atropos.Transcoding.Json;
using Atropos.Transcoding.Routing;
using Google.Api;
using Google.Protobuf;
using Grpc.Core;
using Microsoft.AspNetCore.Http;

namespace Atropos.Transcoding.Calls;

/// <summary>What unary and streaming calls share: the request, the headers, and how a response message is written.</summary>
internal abstract class BoundCall<TRequest, TResponse> : BoundCall
    where TRequest : class, IMessage<TRequest>, new()
    where TResponse : class, IMessage<TResponse>, new()
{
    private readonly RequestBinder<TRequest> _binder;
    private readonly MessageCodec<TResponse> _codec;
    private readonly FieldPlan? _responseField;
    private readonly bool _isHttpBody;

    protected BoundCall(CallInvoker invoker, HttpBinding binding, CodecRegistry registry, TranscodingOptions options)
        : base(binding)
    {
        Invoker = invoker;
        Method = GrpcMethods.Create<TRequest, TResponse>(binding.Method);
        Headers = new HeaderRules(options);
        _binder = new RequestBinder<TRequest>(binding, registry, options);
        _codec = registry.Get<TResponse>(binding.Method.OutputType);
        if (binding.ResponseBody.Length > 0)
        {
            _responseField = FieldPath.Find(_codec, binding.ResponseBody)?.Field is { } field && field.Descriptor.Name == binding.ResponseBody
                ? field
                : throw new InvalidOperationException(
                    $"{binding.Method.FullName}: response_body names {binding.ResponseBody}, "
                    + $"which is not a field of {binding.Method.OutputType.FullName}.");
        }

        var written = _responseField is null
            ? binding.Method.OutputType
            : _responseField.Descriptor is { IsRepeated: false, FieldType: Google.Protobuf.Reflection.FieldType.Message } message
                ? message.MessageType
                : null;
        _isHttpBody = written?.ClrType == typeof(HttpBody);
    }

    protected CallInvoker Invoker { get; }

    protected Method<TRequest, TResponse> Method { get; }

    protected HeaderRules Headers { get; }

    public sealed override IMessage ReadBody(ReadOnlySequence<byte> body, string? contentType) => _binder.ReadBody(body, contentType);

    public sealed override bool IsAskedFor(IMessage request) => _binder.IsAskedFor(request);

    public sealed override void BindUri(IMessage request, string[] segments, IQueryCollection query)
        => _binder.BindUri(request, segments, query);

    public sealed override Task SendAsync(HttpContext context, IMessage request) => SendAsync(context, (TRequest)request);

    protected abstract Task SendAsync(HttpContext context, TRequest request);

    protected CallOptions OptionsOf(HttpContext context)
        => new(Headers.ToMetadata(context.Request.Headers), cancellationToken: context.RequestAborted);

    /// <summary>Whether the methods answers with a body that is not JSON, and if so which.</summary>
    protected bool TryGetHttpBody(TResponse response, out HttpBody body)
    {
        body = EmptyBody;
        if (!_isHttpBody)
        {
            return false;
        }

        body = (_responseField is null ? response as HttpBody : _responseField.GetObject(response) as HttpBody) ?? EmptyBody;
        return true;
    }

    /// <summary>Writes a response message, or the field of it that is the body, as JSON.</summary>
    protected void WriteJson(IBufferWriter<byte> output, TResponse response)
    {
        var writer = JsonWriters.Rent(output);
        try
        {
            if (_responseField is null)
            {
                _codec.Write(writer, response);
            }
            else
            {
                _responseField.WriteValue(writer, response);
            }

            writer.Flush();
        }
        finally
        {
            JsonWriters.Return(writer);
        }
    }

    private static readonly HttpBody EmptyBody = new();
}
