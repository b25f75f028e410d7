using Google.Protobuf.Reflection;

namespace Atropos.Hosting.Reflection;

/// <summary>Finds protobuf files by name, by the symbols they define, and by the extensions they define.</summary>
internal sealed class DescriptorIndex
{
    private readonly Dictionary<string, FileDescriptor> _files = new(StringComparer.Ordinal);
    private readonly Dictionary<string, FileDescriptor> _symbols = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SortedDictionary<int, FileDescriptor>> _extensions = new(StringComparer.Ordinal);

    internal DescriptorIndex(IEnumerable<ServiceDescriptor> services)
    {
        var names = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var service in services)
        {
            names.Add(service.FullName);
            Add(service.File);
        }

        Services = [.. names];
    }

    internal IReadOnlyList<string> Services { get; }

    internal FileDescriptor? FindFile(string name) => _files.GetValueOrDefault(name);

    internal FileDescriptor? FindSymbol(string name) => _symbols.GetValueOrDefault(name);

    internal FileDescriptor? FindExtension(string type, int number) =>
        _extensions.GetValueOrDefault(type)?.GetValueOrDefault(number);

    /// <summary>Numbers of the known extensions of a message type; null where the type is not known.</summary>
    internal IReadOnlyCollection<int>? ExtensionNumbers(string type) =>
        _extensions.TryGetValue(type, out var numbers) ? numbers.Keys : _symbols.ContainsKey(type) ? [] : null;

    private void Add(FileDescriptor file)
    {
        if (!_files.TryAdd(file.Name, file))
        {
            return;
        }

        foreach (var dependency in file.Dependencies)
        {
            Add(dependency);
        }

        foreach (var service in file.Services)
        {
            _symbols[service.FullName] = file;
            foreach (var method in service.Methods)
            {
                _symbols[method.FullName] = file;
            }
        }

        foreach (var type in file.EnumTypes)
        {
            Add(file, type);
        }

        foreach (var type in file.MessageTypes)
        {
            Add(file, type);
        }

        AddExtensions(file, file.Extensions);
    }

    private void Add(FileDescriptor file, MessageDescriptor message)
    {
        _symbols[message.FullName] = file;
        foreach (var field in message.Fields.InDeclarationOrder())
        {
            _symbols[field.FullName] = file;
        }

        foreach (var oneof in message.Oneofs)
        {
            _symbols[oneof.FullName] = file;
        }

        foreach (var type in message.EnumTypes)
        {
            Add(file, type);
        }

        foreach (var type in message.NestedTypes)
        {
            Add(file, type);
        }

        AddExtensions(file, message.Extensions);
    }

    private void Add(FileDescriptor file, EnumDescriptor type)
    {
        _symbols[type.FullName] = file;
        foreach (var value in type.Values)
        {
            _symbols[value.FullName] = file;
        }
    }

    private void AddExtensions(FileDescriptor file, ExtensionCollection? extensions)
    {
        foreach (var extension in extensions?.UnorderedExtensions ?? [])
        {
            _symbols[extension.FullName] = file;
            var type = extension.ExtendeeType.FullName;
            if (!_extensions.TryGetValue(type, out var numbers))
            {
                _extensions[type] = numbers = [];
            }

            numbers[extension.FieldNumber] = file;
        }
    }
}
