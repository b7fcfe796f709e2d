// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.ops.console.mask;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.util.Optional;

/** An answer whose body is masked on its way. Its length is not known before. */
final class MaskedResponse extends HttpServletResponseWrapper {

    private static final String LENGTH = "Content-Length";

    private final HttpServletRequest request;
    private final SecretMask mask;
    private Optional<Body> body = Optional.empty();
    private Optional<PrintWriter> writer = Optional.empty();

    MaskedResponse(HttpServletRequest request, HttpServletResponse response, SecretMask mask) {
        super(response);
        this.request = request;
        this.mask = mask;
    }

    /** Sends what is held back. */
    void finish() throws IOException {
        writer.ifPresent(PrintWriter::flush);
        if (body.isPresent()) {
            body.get().finish();
        }
    }

    @Override
    public ServletOutputStream getOutputStream() throws IOException {
        if (body.isEmpty()) {
            body = Optional.of(isArchive() ? archive() : page());
        }
        return body.get();
    }

    private boolean isArchive() {
        return Optional.ofNullable(getContentType()).orElse("").contains("zip")
                || request.getRequestURI().endsWith(".zip");
    }

    private Body archive() throws IOException {
        MaskingArchive archive = new MaskingArchive(super.getOutputStream(), mask);
        return new Body(archive, archive::finish, archive::discard);
    }

    private Body page() throws IOException {
        MaskingOutput page = new MaskingOutput(super.getOutputStream(), mask);
        return new Body(page, page::finish, page::discard);
    }

    @Override
    public PrintWriter getWriter() throws IOException {
        if (writer.isEmpty()) {
            super.setCharacterEncoding(UTF_8.name());
            writer = Optional.of(new PrintWriter(new OutputStreamWriter(getOutputStream(), UTF_8)));
        }
        return writer.get();
    }

    @Override
    public void flushBuffer() throws IOException {
        writer.ifPresent(PrintWriter::flush);
        if (body.isPresent()) {
            body.get().flush();
        }
        super.flushBuffer();
    }

    @Override
    public void resetBuffer() {
        super.resetBuffer();
        discard();
    }

    @Override
    public void reset() {
        super.reset();
        discard();
    }

    private void discard() {
        body.ifPresent(Body::discard);
        body = Optional.empty();
        writer = Optional.empty();
    }

    @Override
    public void setContentLength(int length) {}

    @Override
    public void setContentLengthLong(long length) {}

    @Override
    public void setHeader(String name, String value) {
        if (!name.equalsIgnoreCase(LENGTH)) {
            super.setHeader(name, value);
        }
    }

    @Override
    public void addHeader(String name, String value) {
        if (!name.equalsIgnoreCase(LENGTH)) {
            super.addHeader(name, value);
        }
    }

    @Override
    public void setIntHeader(String name, int value) {
        if (!name.equalsIgnoreCase(LENGTH)) {
            super.setIntHeader(name, value);
        }
    }

    @Override
    public void addIntHeader(String name, int value) {
        if (!name.equalsIgnoreCase(LENGTH)) {
            super.addIntHeader(name, value);
        }
    }

    /** The end of a body. */
    private interface Finish {
        void run() throws IOException;
    }

    private static final class Body extends ServletOutputStream {

        private final OutputStream masking;
        private final Finish finish;
        private final Runnable discard;

        Body(OutputStream masking, Finish finish, Runnable discard) {
            this.masking = masking;
            this.finish = finish;
            this.discard = discard;
        }

        void finish() throws IOException {
            finish.run();
        }

        void discard() {
            discard.run();
        }

        @Override
        public void write(int value) throws IOException {
            masking.write(value);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            masking.write(bytes, offset, length);
        }

        @Override
        public void flush() throws IOException {
            masking.flush();
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setWriteListener(WriteListener listener) {
            // as the Servlet API asks for where no answer is asynchronous: the filter does not let any be
            throw new IllegalStateException("The answer to this request is not asynchronous");
        }
    }
}
