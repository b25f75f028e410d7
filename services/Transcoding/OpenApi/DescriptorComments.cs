using Google.Protobuf.Reflection;

namespace Atropos.Transcoding.OpenApi;

/// <summary>The comments of protos, by full name. Generated code does not carry them, a descriptor set with source info does.</summary>
internal sealed class DescriptorComments
{
    // Field numbers in descriptor.proto, of which source locations are made.
    private const int FileMessages = 4;
    private const int FileEnums = 5;
    private const int FileServices = 6;
    private const int MessageFields = 2;
    private const int MessageMessages = 3;
    private const int MessageEnums = 4;
    private const int EnumValues = 2;
    private const int ServiceMethods = 2;

    private readonly Dictionary<string, string> _byName = new(StringComparer.Ordinal);

    /// <summary>Reads a serialized FileDescriptorSet, or nothing where there is none.</summary>
    public DescriptorComments(Stream? descriptorSet)
    {
        if (descriptorSet is null)
        {
            return;
        }

        foreach (var file in FileDescriptorSet.Parser.ParseFrom(descriptorSet).File)
        {
            new FileWalk(_byName, file).Run();
        }
    }

    /// <summary>The comment on what has the full name, or null.</summary>
    public string? Of(IDescriptor descriptor) => _byName.GetValueOrDefault(descriptor.FullName);

    private sealed class FileWalk(Dictionary<string, string> into, FileDescriptorProto file)
    {
        private readonly Dictionary<string, string> _byPath = file.SourceCodeInfo?.Location
            .Select(l => (Path: string.Join('.', l.Path), Text: TextOf(l)))
            .Where(l => l.Text.Length > 0)
            .DistinctBy(l => l.Path)
            .ToDictionary(l => l.Path, l => l.Text, StringComparer.Ordinal) ?? [];

        public void Run()
        {
            for (var i = 0; i < file.MessageType.Count; i++)
            {
                Message(file.MessageType[i], file.Package, $"{FileMessages}.{i}");
            }

            for (var i = 0; i < file.EnumType.Count; i++)
            {
                Enum(file.EnumType[i], file.Package, $"{FileEnums}.{i}");
            }

            for (var i = 0; i < file.Service.Count; i++)
            {
                var service = file.Service[i];
                var name = Add(file.Package, service.Name, $"{FileServices}.{i}");
                for (var j = 0; j < service.Method.Count; j++)
                {
                    Add(name, service.Method[j].Name, $"{FileServices}.{i}.{ServiceMethods}.{j}");
                }
            }
        }

        private static string TextOf(SourceCodeInfo.Types.Location location)
        {
            var text = location.LeadingComments.Length > 0 ? location.LeadingComments : location.TrailingComments;
            return string.Join('\n', text.Split('\n').Select(line => line.StartsWith(' ') ? line[1..] : line)).Trim();
        }

        private void Message(DescriptorProto message, string scope, string path)
        {
            var name = Add(scope, message.Name, path);
            for (var i = 0; i < message.Field.Count; i++)
            {
                Add(name, message.Field[i].Name, $"{path}.{MessageFields}.{i}");
            }

            for (var i = 0; i < message.NestedType.Count; i++)
            {
                Message(message.NestedType[i], name, $"{path}.{MessageMessages}.{i}");
            }

            for (var i = 0; i < message.EnumType.Count; i++)
            {
                Enum(message.EnumType[i], name, $"{path}.{MessageEnums}.{i}");
            }
        }

        private void Enum(EnumDescriptorProto type, string scope, string path)
        {
            Add(scope, type.Name, path);

            // A value's full name is that of a sibling of its enum.
            for (var i = 0; i < type.Value.Count; i++)
            {
                Add(scope, type.Value[i].Name, $"{path}.{EnumValues}.{i}");
            }
        }

        private string Add(string scope, string name, string path)
        {
            var full = scope.Length == 0 ? name : $"{scope}.{name}";
            if (_byPath.TryGetValue(path, out var text))
            {
                into[full] = text;
            }

            return full;
        }
    }
}
