// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.plugins.life;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Handle;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * Rewrites one class: its calls that end the process, hold up its end or load native code are redirected to a method of its own
 * that throws the exception documented by the JDK for a forbidden call. Method references are calls, too; reflection is not
 * covered.
 */
final class ProcessCallRewriter {

    private static final int API = Opcodes.ASM9;
    private static final String SYSTEM = "java/lang/System";
    private static final String RUNTIME = "java/lang/Runtime";
    private static final String NOT_ALLOWED = "java/lang/SecurityException";
    private static final String NOT_LOADED = "java/lang/UnsatisfiedLinkError";
    private static final String PREFIX = "smo$refused$";

    /** {@code owner.name descriptor} → what is thrown. */
    private static final Map<String, String> REFUSED = Map.of(
            SYSTEM + ".exit(I)V", NOT_ALLOWED,
            RUNTIME + ".exit(I)V", NOT_ALLOWED,
            RUNTIME + ".halt(I)V", NOT_ALLOWED,
            RUNTIME + ".addShutdownHook(Ljava/lang/Thread;)V", NOT_ALLOWED,
            SYSTEM + ".load(Ljava/lang/String;)V", NOT_LOADED,
            SYSTEM + ".loadLibrary(Ljava/lang/String;)V", NOT_LOADED,
            RUNTIME + ".load(Ljava/lang/String;)V", NOT_LOADED,
            RUNTIME + ".loadLibrary(Ljava/lang/String;)V", NOT_LOADED);

    private final ClassReader reader;
    private final Map<String, RewrittenCall> found = new LinkedHashMap<>();

    private ProcessCallRewriter(byte[] code) {
        this.reader = new ClassReader(code);
    }

    /** One of the calls, as a method that the class gets. */
    private record RewrittenCall(String name, String descriptor, String shown, String thrown) {}

    /**
     * @return the class without them; empty when it has none
     * @throws IllegalArgumentException when it is no class, or of a Java that is not known here
     */
    static Optional<byte[]> replacedIn(byte[] code) {
        return new ProcessCallRewriter(code).replaced();
    }

    private Optional<byte[]> replaced() {
        ClassWriter writer = new ClassWriter(reader, 0);
        reader.accept(new Replacing(writer), 0);
        return found.isEmpty() ? Optional.empty() : Optional.of(writer.toByteArray());
    }

    private Optional<RewrittenCall> call(String owner, String name, String descriptor) {
        String key = owner + "." + name + descriptor;
        String thrown = REFUSED.get(key);
        if (thrown == null) {
            return Optional.empty();
        }
        boolean virtual = owner.equals(RUNTIME);
        String own = virtual ? descriptor.replace("(", "(L" + RUNTIME + ";") : descriptor;
        String shown = owner.substring(owner.lastIndexOf('/') + 1) + "." + name;
        return Optional.of(found.computeIfAbsent(
                key, unseen -> new RewrittenCall(PREFIX + shown.replace('.', '$'), own, shown, thrown)));
    }

    private final class Replacing extends ClassVisitor {
        private boolean isInterface;

        Replacing(ClassVisitor next) {
            super(API, next);
        }

        @Override
        public void visit(int version, int access, String name, String signature, String parent, String[] interfaces) {
            isInterface = (access & Opcodes.ACC_INTERFACE) != 0;
            super.visit(version, access, name, signature, parent, interfaces);
        }

        @Override
        public MethodVisitor visitMethod(
                int access, String name, String descriptor, String signature, String[] exceptions) {
            return new InMethod(super.visitMethod(access, name, descriptor, signature, exceptions), isInterface);
        }

        @Override
        public void visitEnd() {
            found.values().forEach(this::refuse);
            super.visitEnd();
        }

        private void refuse(RewrittenCall call) {
            int access = Opcodes.ACC_PRIVATE | Opcodes.ACC_STATIC | Opcodes.ACC_SYNTHETIC;
            MethodVisitor method = super.visitMethod(access, call.name(), call.descriptor(), null, null);
            method.visitCode();
            method.visitTypeInsn(Opcodes.NEW, call.thrown());
            method.visitInsn(Opcodes.DUP);
            method.visitLdcInsn("a plugin may not call %s: the process belongs to the server".formatted(call.shown()));
            method.visitMethodInsn(Opcodes.INVOKESPECIAL, call.thrown(), "<init>", "(Ljava/lang/String;)V", false);
            method.visitInsn(Opcodes.ATHROW);
            method.visitMaxs(3, Type.getArgumentsAndReturnSizes(call.descriptor()) >> 2);
            method.visitEnd();
        }
    }

    private final class InMethod extends MethodVisitor {
        private final boolean inInterface;

        InMethod(MethodVisitor next, boolean inInterface) {
            super(API, next);
            this.inInterface = inInterface;
        }

        @Override
        public void visitMethodInsn(int opcode, String owner, String name, String descriptor, boolean ofInterface) {
            Optional<RewrittenCall> refused = call(owner, name, descriptor);
            if (refused.isPresent()) {
                super.visitMethodInsn(
                        Opcodes.INVOKESTATIC,
                        reader.getClassName(),
                        refused.get().name(),
                        refused.get().descriptor(),
                        inInterface);
            } else {
                super.visitMethodInsn(opcode, owner, name, descriptor, ofInterface);
            }
        }

        @Override
        public void visitInvokeDynamicInsn(String name, String descriptor, Handle bootstrap, Object... arguments) {
            Object[] own = arguments.clone();
            for (int i = 0; i < own.length; i++) {
                own[i] = own(own[i]);
            }
            super.visitInvokeDynamicInsn(name, descriptor, bootstrap, own);
        }

        @Override
        public void visitLdcInsn(Object value) {
            super.visitLdcInsn(own(value));
        }

        private Object own(Object constant) {
            return constant instanceof Handle handle
                    ? call(handle.getOwner(), handle.getName(), handle.getDesc())
                            .<Object>map(refused -> new Handle(
                                    Opcodes.H_INVOKESTATIC,
                                    reader.getClassName(),
                                    refused.name(),
                                    refused.descriptor(),
                                    inInterface))
                            .orElse(constant)
                    : constant;
        }
    }
}
