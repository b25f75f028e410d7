using System.Threading.Channels;
using static Grpc.Health.V1.HealthCheckResponse.Types;

namespace Atropos.Hosting.Health;

/// <summary>How each service is, by full name; the empty name stands for the server as a whole. Safe for concurrent use.</summary>
public sealed class HealthRegistry
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, ServingStatus> _statuses = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<ChannelWriter<ServingStatus>>> _watchers = new(StringComparer.Ordinal);
    private bool _shutDown;

    /// <summary>Sets the status of a service and tells those who watch it. After <see cref="Shutdown"/> it does nothing.</summary>
    /// <param name="service">Full name of the service, or empty.</param>
    /// <param name="status">The status.</param>
    public void Set(string service, ServingStatus status)
    {
        ArgumentNullException.ThrowIfNull(service);
        lock (_gate)
        {
            if (!_shutDown)
            {
                SetLocked(service, status);
            }
        }
    }

    /// <summary>Adds a service as serving where it is not known yet.</summary>
    /// <param name="service">Full name of the service, or empty.</param>
    public void TryAdd(string service)
    {
        ArgumentNullException.ThrowIfNull(service);
        lock (_gate)
        {
            if (!_shutDown && !_statuses.ContainsKey(service))
            {
                SetLocked(service, ServingStatus.Serving);
            }
        }
    }

    /// <summary>Gets the status of a service.</summary>
    /// <param name="service">Full name of the service, or empty.</param>
    /// <returns>The status; null where the service is not known.</returns>
    public ServingStatus? Get(string service)
    {
        ArgumentNullException.ThrowIfNull(service);
        lock (_gate)
        {
            return _statuses.TryGetValue(service, out var status) ? status : null;
        }
    }

    /// <summary>Sets every service to not serving, for good, and ends all watching: the server is going down.</summary>
    public void Shutdown()
    {
        lock (_gate)
        {
            if (_shutDown)
            {
                return;
            }

            _shutDown = true;
            foreach (var service in _statuses.Keys.ToArray())
            {
                SetLocked(service, ServingStatus.NotServing);
            }

            foreach (var watcher in _watchers.Values.SelectMany(list => list))
            {
                watcher.TryComplete();
            }
        }
    }

    /// <summary>Gives the status now and after each change; changes that come faster than they are read are left out.</summary>
    internal Watcher Watch(string service)
    {
        // Only the newest status matters to a slow reader.
        var channel = Channel.CreateBounded<ServingStatus>(
            new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });
        lock (_gate)
        {
            channel.Writer.TryWrite(_statuses.GetValueOrDefault(service, ServingStatus.ServiceUnknown));
            if (_shutDown)
            {
                channel.Writer.TryComplete();
            }

            if (!_watchers.TryGetValue(service, out var list))
            {
                _watchers[service] = list = [];
            }

            list.Add(channel.Writer);
        }

        return new Watcher(this, service, channel);
    }

    private void SetLocked(string service, ServingStatus status)
    {
        if (_statuses.TryGetValue(service, out var old) && old == status)
        {
            return;
        }

        _statuses[service] = status;
        foreach (var watcher in _watchers.GetValueOrDefault(service) ?? [])
        {
            watcher.TryWrite(status);
        }
    }

    private void Remove(string service, ChannelWriter<ServingStatus> writer)
    {
        lock (_gate)
        {
            if (_watchers.TryGetValue(service, out var list) && list.Remove(writer) && list.Count == 0)
            {
                _watchers.Remove(service);
            }
        }
    }

    internal sealed class Watcher(HealthRegistry registry, string service, Channel<ServingStatus> channel) : IDisposable
    {
        internal ChannelReader<ServingStatus> Statuses => channel.Reader;

        public void Dispose() => registry.Remove(service, channel.Writer);
    }
}
