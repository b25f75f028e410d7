using Grpc.Core.Interceptors;

namespace Atropos.Compat.Tests.Calls;

/// <summary>Interceptor instances for a server; the official one makes its own instances of types.</summary>
public sealed record InterceptorList(IReadOnlyList<Interceptor> Interceptors);
