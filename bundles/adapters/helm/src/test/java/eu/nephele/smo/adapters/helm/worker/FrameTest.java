// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.helm.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrameTest {

    @Property(tries = 200)
    void isOneLineAndComesBackAsItWas(
            @ForAll long number,
            @ForAll @Size(max = 4) Map<@AlphaChars @StringLength(min = 1, max = 8) String, String> texts) {
        texts.replaceAll((name, text) -> new String(
                text.getBytes(java.nio.charset.StandardCharsets.UTF_8), java.nio.charset.StandardCharsets.UTF_8));
        Frame frame = new Frame(number, "install", texts);

        assertThat(frame.line()).doesNotContain("\n", "\r");
        assertThat(Frame.parse(frame.line())).isEqualTo(frame);
    }

    @Test
    void aTextThatIsNotThereIsEmpty() {
        assertThat(new Frame(1, Frame.DONE, Map.of()).text(Frame.OUTPUT)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1", "x done", "1 done =YQ==", "1 done a", "1 done a=*"})
    void whatIsNoLineOfOursIsNotUnderstood(String line) {
        assertThatThrownBy(() -> Frame.parse(line)).isInstanceOf(IllegalArgumentException.class);
    }
}
