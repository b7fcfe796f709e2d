// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.security;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.IOException;
import java.util.function.IntConsumer;

/** A request whose body has no announced length: what is read of it is counted. */
final class CountedBody extends HttpServletRequestWrapper {

    private final IntConsumer read;

    /** @param read told how many bytes were read, each time */
    CountedBody(HttpServletRequest request, IntConsumer read) {
        super(request);
        this.read = read;
    }

    @Override
    public ServletInputStream getInputStream() throws IOException {
        ServletInputStream stream = super.getInputStream();
        return new ServletInputStream() {
            @Override
            public int read() throws IOException {
                int value = stream.read();
                tell(value < 0 ? -1 : 1);
                return value;
            }

            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                int count = stream.read(bytes, offset, length);
                tell(count);
                return count;
            }

            private void tell(int count) {
                if (count > 0) {
                    read.accept(count);
                }
            }

            @Override
            public boolean isFinished() {
                return stream.isFinished();
            }

            @Override
            public boolean isReady() {
                return stream.isReady();
            }

            @Override
            public void setReadListener(ReadListener listener) {
                stream.setReadListener(listener);
            }
        };
    }
}
