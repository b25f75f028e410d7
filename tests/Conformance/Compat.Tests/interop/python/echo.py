"""Messages and method paths of the echo service, from a serialized FileDescriptorProto: no generated code to keep in step."""

from google.protobuf import descriptor_pb2, descriptor_pool, message_factory

PATH = "/atropos.compat.v1.EchoService/"


def load(path):
    """Gives (EchoRequest, EchoResponse) of the descriptor in the file at path."""
    proto = descriptor_pb2.FileDescriptorProto()
    with open(path, "rb") as file:
        proto.ParseFromString(file.read())
    pool = descriptor_pool.DescriptorPool()
    pool.Add(proto)

    def message(name):
        descriptor = pool.FindMessageTypeByName("atropos.compat.v1." + name)
        if hasattr(message_factory, "GetMessageClass"):
            return message_factory.GetMessageClass(descriptor)
        return message_factory.MessageFactory(pool).GetPrototype(descriptor)

    return message("EchoRequest"), message("EchoResponse")
