using Google.Protobuf.Reflection;
using Grpc.Core;

namespace Atropos.Transcoding;

/// <summary>A gRPC service and the way to call it.</summary>
/// <param name="Descriptor">The service, as generated code describes it. Methods without a <c>google.api.http</c> rule are left out.</param>
/// <param name="Invoker">What calls go through: a channel's, or one within the process.</param>
public sealed record TranscodedService(ServiceDescriptor Descriptor, CallInvoker Invoker);
