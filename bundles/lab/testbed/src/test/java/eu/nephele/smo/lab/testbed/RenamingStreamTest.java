// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.testbed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class RenamingStreamTest {

    @Test
    void aNameIsReplacedAlsoWhereItIsTornApart() throws IOException {
        assertThat(renamed("x abcd ababcd ab", 1)).isEqualTo("x wxyz abwxyz ab");
        assertThat(renamed("x abcd ababcd ab", 3)).isEqualTo("x wxyz abwxyz ab");
        assertThat(renamed("abcdabcd", 100)).isEqualTo("wxyzwxyz");
    }

    @Test
    void namesAreOfTheSameLength() {
        assertThatThrownBy(() -> new RenamingStream(OutputStream.nullOutputStream(), "ab", "abc"))
                .hasMessage("ab and abc are not of the same length");
    }

    @Test
    void theHeadOfARequestIsReadToTheLastByteAndNoFurther() throws IOException {
        ByteArrayInputStream in =
                new ByteArrayInputStream("GET /a?b=c HTTP/1.1\r\nHost: x\r\nX-Remote-User: guest\r\n\r\nbody"
                        .getBytes(StandardCharsets.US_ASCII));

        RequestHead head = RequestHead.read(in);

        assertThat(head.target()).isEqualTo("/a?b=c");
        assertThat(head.without(List.of("host"))
                        .renamed("X-Remote-User", "Impersonate-User")
                        .to("/d")
                        .bytes())
                .asString(StandardCharsets.US_ASCII)
                .isEqualTo("GET /d HTTP/1.1\r\nImpersonate-User: guest\r\n\r\n");
        assertThat(in.readAllBytes()).asString(StandardCharsets.US_ASCII).isEqualTo("body");
        assertThatThrownBy(() -> RequestHead.read(new ByteArrayInputStream(new byte[0])))
                .isInstanceOf(EOFException.class);
    }

    private static String renamed(String text, int chunk) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        try (RenamingStream renaming = new RenamingStream(out, "abcd", "wxyz")) {
            for (int i = 0; i < bytes.length; i += chunk) {
                renaming.write(bytes, i, Math.min(chunk, bytes.length - i));
            }
        }
        return out.toString(StandardCharsets.US_ASCII);
    }
}
