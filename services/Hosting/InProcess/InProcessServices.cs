using System.Reflection;
using Grpc.Core;
using Grpc.Core.Interceptors;

namespace Atropos.Hosting.InProcess;

/// <summary>
/// The services that an <see cref="InProcessCallInvoker"/> reaches, each an instance that serves every call. Add them
/// all before the first call; after that it is read only in effect and safe for concurrent use.
/// </summary>
public sealed class InProcessServices
{
    private readonly Dictionary<string, Delegate> _handlers = new(StringComparer.Ordinal);
    private readonly InProcessBinder _binder;

    /// <summary>Creates the table.</summary>
    /// <param name="interceptors">Server interceptors put around every handler added later; the first is the outermost.</param>
    public InProcessServices(params IReadOnlyList<Interceptor> interceptors)
    {
        ArgumentNullException.ThrowIfNull(interceptors);
        _binder = new InProcessBinder(_handlers, interceptors);
    }

    /// <summary>Full names of the methods, for example <c>/grpc.health.v1.Health/Check</c>.</summary>
    public IReadOnlyCollection<string> Methods => _handlers.Keys;

    /// <summary>Adds an implementation of a generated service base class.</summary>
    /// <param name="service">The implementation.</param>
    /// <returns>This table.</returns>
    /// <exception cref="ArgumentException">
    /// Its type does not derive from a generated service base class, or the service has been added already.
    /// </exception>
    public InProcessServices Add(object service)
    {
        ArgumentNullException.ThrowIfNull(service);
        for (var type = service.GetType(); type is not null; type = type.BaseType)
        {
            if (type.GetCustomAttribute<BindServiceMethodAttribute>(inherit: false) is not { } attribute)
            {
                continue;
            }

            var bind = attribute.BindType.GetMethod(
                attribute.BindMethodName, BindingFlags.Public | BindingFlags.Static, [typeof(ServiceBinderBase), type])
                ?? throw new ArgumentException($"{attribute.BindType} has no method {attribute.BindMethodName}.", nameof(service));
            bind.Invoke(null, BindingFlags.DoNotWrapExceptions, null, [_binder, service], null);
            return this;
        }

        throw new ArgumentException(
            $"{service.GetType()} does not derive from a generated service base class.", nameof(service));
    }

    /// <summary>Adds an implementation through a bind method, such as a generated service's <c>BindService</c>.</summary>
    /// <typeparam name="TService">Type that the bind method takes.</typeparam>
    /// <param name="service">The implementation.</param>
    /// <param name="bind">The bind method.</param>
    /// <returns>This table.</returns>
    public InProcessServices Add<TService>(TService service, Action<ServiceBinderBase, TService> bind)
        where TService : class
    {
        ArgumentNullException.ThrowIfNull(service);
        ArgumentNullException.ThrowIfNull(bind);
        bind(_binder, service);
        return this;
    }

    internal Delegate? Find(string fullName) => _handlers.GetValueOrDefault(fullName);
}
