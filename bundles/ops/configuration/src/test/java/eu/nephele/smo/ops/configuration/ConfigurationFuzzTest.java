// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.ops.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.lab.testkit.fuzz.FuzzTarget;
import eu.nephele.smo.lab.testkit.fuzz.HostileBytes;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Map;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Provide;

/** Whatever stands in a configuration file is properties that can be written again, or an {@link IOException}. */
class ConfigurationFuzzTest {

    @Provide
    static Arbitrary<HostileBytes> files() {
        return HostileBytes.editedTexts(Map.of(
                "texts", "# comment\r\na=\"b\"\nc.d=\"e \\\n  f\"\n",
                "numbers", "i=I\"3\"\nl=L\"9223372036854775807\"\nd=D\"4614256656552045848\"\nb=B\"true\"\nx=X\"7\"\n",
                "arrays", "a=[ \\\n  \"x\", \\\n  \"y\", \\\n  ]\nn=i[\"1\",\"2\"]\n",
                "collections", "a=( \\\n  \"x\", \\\n  )\nf=F(\"1065353216\")\nc=C\"z\"\n"));
    }

    @FuzzTarget
    void configurationFiles(@ForAll("files") HostileBytes file) {
        Map<String, Object> read;
        try {
            read = TypedText.read(new ByteArrayInputStream(file.bytes()));
        } catch (IOException refused) {
            return;
        }
        assertThat(read).doesNotContainKey("");
    }
}
