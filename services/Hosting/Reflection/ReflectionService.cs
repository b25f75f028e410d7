using Google.Protobuf.Reflection;
using Grpc.Core;
using Grpc.Reflection.V1;

namespace Atropos.Hosting.Reflection;

/// <summary>The standard server reflection service (v1) over protobuf descriptors.</summary>
public sealed class ReflectionService : ServerReflection.ServerReflectionBase
{
    private readonly Lazy<DescriptorIndex> _index;

    /// <summary>Creates the service.</summary>
    /// <param name="services">The services to tell of; enumerated once, at the first question.</param>
    public ReflectionService(IEnumerable<ServiceDescriptor> services)
    {
        ArgumentNullException.ThrowIfNull(services);
        _index = new Lazy<DescriptorIndex>(() => new DescriptorIndex(services));
    }

    /// <inheritdoc/>
    public override async Task ServerReflectionInfo(
        IAsyncStreamReader<ServerReflectionRequest> requestStream,
        IServerStreamWriter<ServerReflectionResponse> responseStream,
        ServerCallContext context)
    {
        while (await requestStream.MoveNext(context.CancellationToken))
        {
            await responseStream.WriteAsync(Answer(requestStream.Current), context.CancellationToken);
        }
    }

    private ServerReflectionResponse Answer(ServerReflectionRequest request)
    {
        var response = new ServerReflectionResponse { ValidHost = request.Host, OriginalRequest = request };
        switch (request.MessageRequestCase)
        {
            case ServerReflectionRequest.MessageRequestOneofCase.ListServices:
                response.ListServicesResponse = new ListServiceResponse();
                response.ListServicesResponse.Service.Add(_index.Value.Services.Select(name => new ServiceResponse { Name = name }));
                break;
            case ServerReflectionRequest.MessageRequestOneofCase.FileByFilename:
                Files(response, _index.Value.FindFile(request.FileByFilename), $"file {request.FileByFilename}");
                break;
            case ServerReflectionRequest.MessageRequestOneofCase.FileContainingSymbol:
                Files(response, _index.Value.FindSymbol(request.FileContainingSymbol), $"symbol {request.FileContainingSymbol}");
                break;
            case ServerReflectionRequest.MessageRequestOneofCase.FileContainingExtension:
                var extension = request.FileContainingExtension;
                Files(
                    response,
                    _index.Value.FindExtension(extension.ContainingType, extension.ExtensionNumber),
                    $"extension {extension.ExtensionNumber} of {extension.ContainingType}");
                break;
            case ServerReflectionRequest.MessageRequestOneofCase.AllExtensionNumbersOfType:
                ExtensionNumbers(response, request.AllExtensionNumbersOfType);
                break;
            default:
                Error(response, StatusCode.InvalidArgument, "The request asks for nothing; set one member of message_request.");
                break;
        }

        return response;
    }

    private void ExtensionNumbers(ServerReflectionResponse response, string type)
    {
        if (_index.Value.ExtensionNumbers(type) is not { } numbers)
        {
            Error(response, StatusCode.NotFound, $"There is no type {type}.");
            return;
        }

        response.AllExtensionNumbersResponse = new ExtensionNumberResponse { BaseTypeName = type };
        response.AllExtensionNumbersResponse.ExtensionNumber.Add(numbers);
    }

    private static void Files(ServerReflectionResponse response, FileDescriptor? file, string what)
    {
        if (file is null)
        {
            Error(response, StatusCode.NotFound, $"There is no {what}.");
            return;
        }

        response.FileDescriptorResponse = new FileDescriptorResponse();
        AddWithDependencies(file, response.FileDescriptorResponse, []);
    }

    private static void AddWithDependencies(FileDescriptor file, FileDescriptorResponse response, HashSet<string> added)
    {
        if (!added.Add(file.Name))
        {
            return;
        }

        response.FileDescriptorProto.Add(file.SerializedData);
        foreach (var dependency in file.Dependencies)
        {
            AddWithDependencies(dependency, response, added);
        }
    }

    private static void Error(ServerReflectionResponse response, StatusCode code, string message) =>
        response.ErrorResponse = new ErrorResponse { ErrorCode = (int)code, ErrorMessage = message };
}
