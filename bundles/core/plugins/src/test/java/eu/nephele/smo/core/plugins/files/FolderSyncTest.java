// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.plugins.files;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.core.plugins.files.FolderSync.FileAction;
import eu.nephele.smo.core.plugins.files.FolderSync.FileStep;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** All cases of one file in the store, in the last record of this server and in the folder, with the resulting step. */
class FolderSyncTest {

    @ParameterizedTest(name = "store {0}, known {1}, folder {2}: {3}")
    @CsvSource({
        "1, 1, 1, KEEP",
        "1, -, 1, KEEP",
        "2, 1, 2, KEEP",
        "1, -, -, FETCH",
        "1, 1, -, FETCH",
        "2, 1, -, FETCH",
        "2, 1, 1, FETCH",
        "-, 1, 1, REMOVE",
        "-, 1, -, REMOVE",
        "-, -, 1, LEAVE",
        "-, 1, 2, LEAVE",
        "1, 1, 2, LEAVE",
        "1, -, 2, LEAVE",
        "3, 1, 2, LEAVE",
    })
    void theStoreDecidesExceptAboutWhatSomebodyHasChangedSince(
            String store, String known, String folder, FileAction fileAction) {
        assertThat(FolderSync.plan(file(store), file(known), file(folder)))
                .containsExactly(new FileStep("a.jar", fileAction));
    }

    private static Map<String, String> file(String digest) {
        return digest.equals("-") ? Map.of() : Map.of("a.jar", digest);
    }

    @Test
    void removedFilesAreDeletedFirst() {
        assertThat(FolderSync.plan(Map.of("a.jar", "1"), Map.of("b.jar", "1"), Map.of("b.jar", "1")))
                .isEqualTo(List.of(new FileStep("b.jar", FileAction.REMOVE), new FileStep("a.jar", FileAction.FETCH)));
    }
}
