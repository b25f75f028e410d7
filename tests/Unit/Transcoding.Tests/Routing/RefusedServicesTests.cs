using Atropos.Transcoding.Calls;
using Atropos.Transcoding.Tests.V1;
using Google.Protobuf.Reflection;
using Grpc.Net.Client;

namespace Atropos.Transcoding.Tests.Routing;

public sealed class RefusedServicesTests
{
    [Fact]
    public void Client_streaming_methods_are_refused()
        => Refuses(
            ClientStreamService.Descriptor,
            "atropos.transcoding.tests.v1.ClientStreamService.Collect takes a stream, which an HTTP request cannot be: "
            + "remove its google.api.http rule.");

    [Fact]
    public void Two_methods_on_one_path_are_refused()
        => Refuses(
            AmbiguousService.Descriptor,
            "atropos.transcoding.tests.v1.AmbiguousService.First and atropos.transcoding.tests.v1.AmbiguousService.Second are both "
            + "reached by GET /v1/same/{title}: change a path, or give one the option `when`.");

    [Fact]
    public void Variable_that_names_no_field_is_refused()
        => Refuses(
            UnknownFieldService.Descriptor,
            "atropos.transcoding.tests.v1.UnknownFieldService.Get, reached by GET /v1/{nothing}: the path variable names nothing, "
            + "which is not a field of atropos.transcoding.tests.v1.Book.");

    [Fact]
    public void Bad_template_is_refused()
        => Refuses(
            BadTemplateService.Descriptor,
            "atropos.transcoding.tests.v1.BadTemplateService.Get: the path template '/v1/{name=**}/more' is wrong: "
            + "only its last segment can be **.");

    private static void Refuses(ServiceDescriptor service, string message)
    {
        using var channel = GrpcChannel.ForAddress("http://localhost:1");

        var error = Assert.Throws<InvalidOperationException>(
            () => CallFactory.CreateTable([new TranscodedService(service, channel.CreateCallInvoker())], new TranscodingOptions()));

        Assert.Equal(message, error.Message);
    }
}
