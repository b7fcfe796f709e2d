// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.runtime.ResourceKind;
import eu.nephele.smo.core.contract.json.StrictJson;
import eu.nephele.smo.core.descriptor.schema.InstalledSchemas;
import eu.nephele.smo.core.infrastructure.InfrastructureController;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** In the server they are read with the first document: a bad one would not be noticed before. */
class ProductKindsTest {

    private static final Path BUNDLES = Path.of("../..").toAbsolutePath().normalize();

    private static final List<ResourceKind> OURS =
            List.of(new InfrastructureController(Map::of, ref -> {}, ref -> Optional.empty()).kind());

    @Test
    void schemasOfTheProductsKindsAreValid() {
        for (ResourceKind kind : OURS) {
            assertThat(new InstalledSchemas()
                            .checker(StrictJson.parseObject(kind.schema()))
                            .check(JsonObject.EMPTY, 100))
                    .as("%s: a document without anything lacks something", kind.name())
                    .isNotEmpty();
        }
    }

    /** Its controller is hidden in its bundle. */
    @Test
    void theSchemaOfServiceProfilesIsValid() throws IOException {
        String schema = Files.readString(BUNDLES.resolve(
                "core/profiles/src/main/resources/eu/nephele/smo/core/profiles/service-profile.schema.json"));
        assertThat(new InstalledSchemas()
                        .checker(StrictJson.parseObject(schema))
                        .check(JsonObject.EMPTY, 100))
                .isNotEmpty();
    }

    @Test
    void theListedControllersAreAllOfTheProduct() throws IOException {
        try (Stream<Path> files = Files.walk(BUNDLES)) {
            assertThat(files.filter(file -> file.toString().contains("/src/main/java/"))
                            .filter(file -> file.toString().endsWith(".java"))
                            .filter(ProductKindsTest::isController)
                            .map(file -> String.valueOf(file.getFileName())))
                    .as("a controller that is not known here: check the schema of its kind above")
                    .containsExactlyInAnyOrder(
                            "InfrastructureController.java",
                            "InfrastructureComponent.java",
                            // by PoolKindTest of its bundle
                            "PoolController.java",
                            "ProfileController.java",
                            "ProfilesComponent.java");
        }
    }

    private static boolean isController(Path file) {
        try {
            return Files.readString(file).matches("(?s).*\\bimplements [^{]*\\bResourceController\\b.*");
        } catch (IOException gone) {
            return false;
        }
    }
}
