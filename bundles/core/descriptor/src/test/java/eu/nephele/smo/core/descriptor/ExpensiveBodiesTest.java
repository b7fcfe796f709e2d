// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.descriptor;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.api.runtime.SmoException.Kind;
import eu.nephele.smo.core.contract.descriptor.DescriptorReader.Format;
import java.lang.management.ManagementFactory;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The cost of a body that is rejected in the end, in bytes that the thread allocates: a hostile one must not starve
 * readers.
 */
class ExpensiveBodiesTest {

    private static final Reading READING = Reading.usual();

    @BeforeAll
    static void warmUp() {
        READING.refusal("{\"hdaGraph\":{\"a\":1}}", Format.JSON);
        READING.refusal("hdaGraph: {a: 1}", Format.YAML);
    }

    /** 50,000 members made 50,000 errors: 100 MB and a second, most of it for errors that are never reported. */
    @Test
    void manyUnknownMembersCostLittleMoreThanReadingThem() {
        String few = unknown(2_000);
        String many = unknown(50_000);

        long bytes = allocatedBy(many);

        assertThat(bytes).isLessThan(allocatedBy(few) + 90L * many.length());
        assertThat(READING.refusal(many, Format.JSON).violations()).hasSize(500);
    }

    /** The scanner copies all that it has read ahead every 1,024 characters: 4 MB made 30 GB. */
    @ParameterizedTest
    @ValueSource(strings = {"a: %s", "a: \"%s", "a: '%s", "# %s", "a: |\n  %s", "? %s", "a: &%s", "a: !%s", "%%%s"})
    void aTextOfYamlWithoutAnEndIsNotReadToItsEnd(String around) {
        String body = around.formatted("x".repeat(4_000_000));

        assertThat(allocatedBy(body, Format.YAML)).isLessThan(1L << 30);
        SmoException refusal = READING.refusal(body, Format.YAML);
        assertThat(refusal.kind()).isEqualTo(Kind.INVALID);
        assertThat(refusal.violations()).isNotEmpty();
    }

    @Test
    void blanksWithoutAnEndAreNotReadToTheirEnd() {
        String body = "a: \"" + " ".repeat(4_000_000);

        assertThat(allocatedBy(body, Format.YAML)).isLessThan(1L << 30);
    }

    /** Everything that is valid for itself is still read, however many there are. */
    @Test
    void aLongLineOfManyValuesIsNoText() {
        String values =
                IntStream.range(0, 40_000).mapToObj(Integer::toString).collect(Collectors.joining(",", "[", "]"));

        SmoException refusal = READING.refusal("{\"a\":%s}".formatted(values), Format.YAML);

        assertThat(refusal.getMessage()).doesNotContain("gap");
    }

    private static String unknown(int members) {
        return IntStream.range(0, members)
                .mapToObj(i -> "\"m%d\":%d".formatted(i, i))
                .collect(Collectors.joining(",", "{\"hdaGraph\":{", "}}"));
    }

    private static long allocatedBy(String body) {
        return allocatedBy(body, Format.JSON);
    }

    private static long allocatedBy(String body, Format format) {
        byte[] bytes = body.getBytes(UTF_8);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        READING.refusal(bytes, format);
        return threads.getCurrentThreadAllocatedBytes() - before;
    }
}
