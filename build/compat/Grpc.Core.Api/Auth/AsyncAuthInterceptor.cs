namespace Grpc.Core;

/// <summary>Adds authentication to an outgoing call.</summary>
/// <param name="context">What is being called.</param>
/// <param name="metadata">The call's headers; the interceptor adds its own to them.</param>
/// <returns>Completes when the headers are added; a failure fails the call.</returns>
public delegate Task AsyncAuthInterceptor(AuthInterceptorContext context, Metadata metadata);
