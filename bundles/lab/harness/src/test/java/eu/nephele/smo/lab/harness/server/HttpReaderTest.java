// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpReaderTest {

    @Test
    void aBodyHasItsLength() throws IOException {
        RawResponse answer =
                read("GET", "HTTP/1.1 400 Bad Request\r\nContent-Type: a/b\r\ncontent-length: 3\r\n\r\nabcd");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text()).isEqualTo("abc");
        assertThat(answer.header("Content-TYPE")).hasValue("a/b");
    }

    @Test
    void chunksAreOneBody() throws IOException {
        assertThat(read(
                                "GET",
                                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2;x=y\r\nab\r\nA\r\n0123456789\r\n0\r\n\r\n")
                        .text())
                .isEqualTo("ab0123456789");
    }

    @Test
    void aBodyWithoutALengthEndsWithTheConnection() throws IOException {
        assertThat(read("GET", "HTTP/1.0 200 OK\n\nall").text()).isEqualTo("all");
    }

    @Test
    void anAnswerToHeadAnd204HaveNoBody() throws IOException {
        assertThat(read("HEAD", "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n").text())
                .isEmpty();
        assertThat(read("DELETE", "HTTP/1.1 204 No Content\r\n\r\n").text()).isEmpty();
    }

    @Test
    void whatComesBeforeTheAnswerIsPassedOver() throws IOException {
        assertThat(read("PUT", "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 413 Too Large\r\nContent-Length: 0\r\n\r\n")
                        .status())
                .isEqualTo(413);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "HTTP/1.1 200 OK\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nab",
                "HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\nab",
                "HTTP/1.1 200 OK\r\nContent-Length: 4000000000\r\n\r\nab",
                "HTTP/1.1 200 OK\r\nnothing\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nabc\r\n0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n",
                "HTTP/9 200 OK\r\n\r\n",
                "SSH-2.0\r\n"
            })
    void whatIsCutOffOrNoHttpIsNoAnswer(String text) {
        assertThatThrownBy(() -> read("GET", text)).isInstanceOf(IOException.class);
    }

    @Test
    void aLineWithoutAnEndIsGivenUp() {
        assertThatThrownBy(() -> read("GET", "HTTP/1.1 200 " + "x".repeat(100_000)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("line without an end");
    }

    private static RawResponse read(String method, String text) throws IOException {
        return new HttpReader(new ByteArrayInputStream(text.getBytes(StandardCharsets.ISO_8859_1))).read(method);
    }
}
