using Atropos.Hosting.InProcess;
using Atropos.Hosting.Reflection;
using Atropos.Hosting.Tests.Reflected;
using Google.Protobuf.Reflection;
using Grpc.Core;
using Grpc.Reflection.V1;

namespace Atropos.Hosting.Tests.Reflection;

public sealed class ReflectionServiceTests
{
    private readonly ServerReflection.ServerReflectionClient _client = new(new InProcessCallInvoker(
        new InProcessServices().Add(new ReflectionService([ReflectedService.Descriptor, Grpc.Health.V1.Health.Descriptor]))));

    [Fact]
    public async Task List_services_names_each_service_in_order()
    {
        var response = await AskAsync(new ServerReflectionRequest { ListServices = "" });

        Assert.Equal(
            ["atropos.reflected.v1.ReflectedService", "grpc.health.v1.Health"],
            response.ListServicesResponse.Service.Select(s => s.Name));
    }

    [Theory]
    [InlineData("atropos.reflected.v1.ReflectedService")]
    [InlineData("atropos.reflected.v1.ReflectedService.Look")]
    [InlineData("atropos.reflected.v1.LookRequest")]
    [InlineData("atropos.reflected.v1.LookRequest.kind")]
    [InlineData("atropos.reflected.v1.LookRequest.Kind")]
    [InlineData("atropos.reflected.v1.note")]
    public async Task File_containing_symbol_gives_the_file_and_what_it_imports(string symbol)
    {
        var response = await AskAsync(new ServerReflectionRequest { FileContainingSymbol = symbol, Host = "h" });

        var files = response.FileDescriptorResponse.FileDescriptorProto.Select(FileDescriptorProto.Parser.ParseFrom).ToList();
        Assert.Equal(["reflected.proto", "google/protobuf/descriptor.proto"], files.Select(f => f.Name));
        Assert.Equal("h", response.ValidHost);
        Assert.Equal(symbol, response.OriginalRequest.FileContainingSymbol);
    }

    [Fact]
    public async Task File_by_filename_gives_the_file()
    {
        var response = await AskAsync(new ServerReflectionRequest { FileByFilename = "grpc/health/v1/health.proto" });

        var file = FileDescriptorProto.Parser.ParseFrom(Assert.Single(response.FileDescriptorResponse.FileDescriptorProto));
        Assert.Equal("grpc.health.v1", file.Package);
    }

    [Fact]
    public async Task Extensions_are_found_by_number_and_listed_by_type()
    {
        const string Type = "google.protobuf.MethodOptions";
        var file = await AskAsync(new ServerReflectionRequest
        {
            FileContainingExtension = new ExtensionRequest { ContainingType = Type, ExtensionNumber = 51999 },
        });
        var numbers = await AskAsync(new ServerReflectionRequest { AllExtensionNumbersOfType = Type });
        var none = await AskAsync(new ServerReflectionRequest { AllExtensionNumbersOfType = "grpc.health.v1.HealthCheckRequest" });

        Assert.Equal(2, file.FileDescriptorResponse.FileDescriptorProto.Count);
        Assert.Equal([51999], numbers.AllExtensionNumbersResponse.ExtensionNumber);
        Assert.Empty(none.AllExtensionNumbersResponse.ExtensionNumber);
    }

    [Fact]
    public async Task Unknown_names_are_answered_with_not_found_and_the_stream_goes_on()
    {
        ServerReflectionRequest[] questions =
        [
            new() { FileByFilename = "missing.proto" },
            new() { FileContainingSymbol = "missing.Symbol" },
            new() { FileContainingExtension = new ExtensionRequest { ContainingType = "missing.Type", ExtensionNumber = 1 } },
            new() { AllExtensionNumbersOfType = "missing.Type" },
        ];
        using var call = _client.ServerReflectionInfo();
        foreach (var question in questions)
        {
            await call.RequestStream.WriteAsync(question);
            Assert.True(await call.ResponseStream.MoveNext());
            Assert.Equal((int)StatusCode.NotFound, call.ResponseStream.Current.ErrorResponse.ErrorCode);
            Assert.Contains("missing", call.ResponseStream.Current.ErrorResponse.ErrorMessage, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Empty_question_is_answered_with_invalid_argument()
    {
        var response = await AskAsync(new ServerReflectionRequest());

        Assert.Equal((int)StatusCode.InvalidArgument, response.ErrorResponse.ErrorCode);
    }

    private async Task<ServerReflectionResponse> AskAsync(ServerReflectionRequest request)
    {
        using var call = _client.ServerReflectionInfo();
        await call.RequestStream.WriteAsync(request);
        await call.RequestStream.CompleteAsync();
        Assert.True(await call.ResponseStream.MoveNext());
        return call.ResponseStream.Current;
    }
}
