using System.Buffers;
using Atropos.Transcoding.Routing;
using Google.Protobuf;
using Microsoft.AspNetCore.Http;

namespace Atropos.Transcoding.Calls;

/// <summary>One method under one binding, ready to be called.</summary>
internal abstract class BoundCall(HttpBinding binding)
{
    public HttpBinding Binding { get; } = binding;

    /// <summary>A new request message with what the body says.</summary>
    public abstract IMessage ReadBody(ReadOnlySequence<byte> body, string? contentType);

    /// <summary>Whether the body that was read asks for this method, where the binding has a condition.</summary>
    public abstract bool IsAskedFor(IMessage request);

    /// <summary>Puts path variables and query parameters into the request.</summary>
    public abstract void BindUri(IMessage request, string[] segments, IQueryCollection query);

    /// <summary>Calls the method and writes the response.</summary>
    public abstract Task SendAsync(HttpContext context, IMessage request);
}
