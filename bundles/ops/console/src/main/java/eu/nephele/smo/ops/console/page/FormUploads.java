// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.ops.console.page;

import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.ops.console.html.PageView;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.Part;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;

/** Stores an uploaded file where the core can read it. */
final class FormUploads {

    private final Path folder;
    private final long limitBytes;

    FormUploads(Path folder, long limitBytes) {
        this.folder = folder;
        this.limitBytes = limitBytes;
    }

    /** @param file the copy; its recipient moves or deletes it */
    record FormUpload(Path file, String name) {}

    /**
     * @throws SmoException {@code INVALID} when the file is missing, {@code TOO_LARGE}
     * @throws IOException when it cannot be stored; no part of it remains then
     */
    FormUpload take(HttpServletRequest request) throws IOException, ServletException {
        Part part = Optional.ofNullable(request.getPart(PageView.FILE))
                .filter(each -> each.getSize() > 0)
                .orElseThrow(() -> SmoException.invalid("No file was chosen, or it is empty", List.of()));
        if (part.getSize() > limitBytes) {
            throw SmoException.tooLarge("The file has %d bytes; uploadLimitBytes of %s allows %d"
                    .formatted(part.getSize(), eu.nephele.smo.ops.console.ConsoleConfig.PID, limitBytes));
        }
        Path copy = Files.createTempFile(folder, "console-", ".upload");
        try (InputStream content = part.getInputStream()) {
            Files.copy(content, copy, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException broken) {
            Files.deleteIfExists(copy);
            throw broken;
        } finally {
            part.delete();
        }
        return new FormUpload(copy, nameOf(part));
    }

    /** Browsers may send a whole path. */
    private static String nameOf(Part part) {
        String sent = Optional.ofNullable(part.getSubmittedFileName()).orElse("");
        String name = sent.substring(Math.max(sent.lastIndexOf('/'), sent.lastIndexOf('\\')) + 1);
        return name.isBlank() ? "upload.jar" : name;
    }
}
