"""A turn and its nodes over gRPC, with Python's grpcio and stubs generated from protos/.

Run by tests/Clients/run, which starts the product and generates the stubs. ATROPOS_GRPC names the address.
"""

import os
import sys
import unittest

sys.path.insert(0, os.environ["ATROPOS_STUBS"])

import grpc  # noqa: E402
from atropos.sessions.v1 import completion_pb2, completion_pb2_grpc, session_pb2, session_pb2_grpc  # noqa: E402
from openai.v1 import chat_completion_pb2, content_pb2  # noqa: E402


def message(role, text):
    return content_pb2.ChatMessage(role=role, content=content_pb2.MessageContent(text=text))


class TurnOverGrpc(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.channel = grpc.insecure_channel(os.environ["ATROPOS_GRPC"])
        cls.sessions = session_pb2_grpc.SessionServiceStub(cls.channel)
        cls.completions = completion_pb2_grpc.CompletionServiceStub(cls.channel)

    @classmethod
    def tearDownClass(cls):
        cls.channel.close()

    def create_session(self):
        return self.sessions.CreateSession(session_pb2.CreateSessionRequest(), timeout=30).session.uuid

    def nodes(self, uuid):
        return self.sessions.ListNodes(session_pb2.ListNodesRequest(uuid=uuid), timeout=30).nodes

    def test_two_turns_make_one_node_of_aligned_lists(self):
        uuid = self.create_session()
        messages = [message("user", "Hello from Python.")]
        first = self.completions.CreateChatCompletion(
            completion_pb2.CreateChatCompletionRequest(
                uuid=uuid,
                request=chat_completion_pb2.ChatCompletionRequest(messages=messages, max_tokens=20, seed=1, return_token_ids=True),
            ),
            timeout=30,
        )
        answer = first.completion.choices[0]
        after_first = self.nodes(uuid)[0]
        self.assertEqual(list(after_first.tokens), list(first.completion.prompt_token_ids) + list(answer.token_ids))

        messages += [message("assistant", answer.message.content), message("user", "And again?")]
        chunks = list(
            self.completions.StreamChatCompletion(
                completion_pb2.StreamChatCompletionRequest(
                    uuid=uuid,
                    request=chat_completion_pb2.ChatCompletionRequest(messages=messages, max_tokens=20, seed=2),
                ),
                timeout=30,
            )
        )
        self.assertIn(chunks[-1].chunk.choices[0].finish_reason, ("stop", "length"))

        nodes = self.nodes(uuid)
        self.assertEqual(len(nodes), 1)
        node = nodes[0]
        self.assertEqual(list(node.tokens[: len(after_first.tokens)]), list(after_first.tokens))
        self.assertEqual(len(node.tokens), len(node.masked_tokens))
        self.assertEqual(len(node.tokens), len(node.logprobs))
        for token, masked, logprob in zip(node.tokens, node.masked_tokens, node.logprobs):
            self.assertTrue((masked == -100 and logprob == 1.0) or (masked == token and logprob <= 0.0))
        self.assertEqual(chunks[-1].node_ids, [node.metadata.node_id])

    def test_unknown_session_is_not_found(self):
        with self.assertRaises(grpc.RpcError) as raised:
            self.nodes("no-such-session")
        self.assertEqual(raised.exception.code(), grpc.StatusCode.NOT_FOUND)
        self.assertIn("no-such-session", raised.exception.details())


if __name__ == "__main__":
    unittest.main(verbosity=2)
