package ai.chela.kit.environment;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/** Reads the keys of a {@code @ConfigMapping} interface from its source: what it is called, its default, its comment. */
final class TypedKeys {
    /**
     * One key.
     *
     * @param standard null when it has none
     * @param sentence its comment in one line
     */
    record Key(String name, String type, @Nullable String standard, String sentence) {
        String variable() {
            return name.replaceAll("[.-]", "_").toUpperCase(Locale.ROOT);
        }
    }

    private final CompilationUnitTree unit;
    private final DocTrees docs;
    private final List<Key> keys = new ArrayList<>();

    private TypedKeys(CompilationUnitTree unit, DocTrees docs) {
        this.unit = unit;
        this.docs = docs;
    }

    static List<Key> of(Path source) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
            JavacTask task =
                    (JavacTask) compiler.getTask(null, files, null, null, null, files.getJavaFileObjects(source));
            CompilationUnitTree unit = task.parse().iterator().next();
            TypedKeys reader = new TypedKeys(unit, DocTrees.instance(task));
            ClassTree mapping = (ClassTree) unit.getTypeDecls().getFirst();
            String prefix = argument(mapping.getModifiers().getAnnotations(), "ConfigMapping");
            reader.read(new TreePath(new TreePath(unit), mapping), mapping, String.valueOf(prefix));
            return reader.keys;
        }
    }

    private void read(TreePath path, ClassTree type, String prefix) {
        Map<String, ClassTree> inner = new HashMap<>();
        for (Tree member : type.getMembers())
            if (member instanceof ClassTree nested)
                inner.put(nested.getSimpleName().toString(), nested);
        for (Tree member : type.getMembers())
            if (member instanceof MethodTree method) {
                String name = prefix + "." + dashed(method.getName().toString());
                ClassTree nested = inner.get(String.valueOf(method.getReturnType()));
                if (nested != null) read(new TreePath(path, nested), nested, name);
                else keys.add(key(new TreePath(path, method), method, name));
            }
    }

    private Key key(TreePath path, MethodTree method, String name) {
        String comment = docs.getDocComment(path);
        return new Key(
                name,
                String.valueOf(method.getReturnType()),
                argument(method.getModifiers().getAnnotations(), "WithDefault"),
                comment == null ? "" : plain(comment));
    }

    private static String plain(String comment) {
        return comment.strip().replaceAll("\\s+", " ").replaceAll("\\{@code ([^}]*)}", "`$1`");
    }

    private static @Nullable String argument(List<? extends AnnotationTree> annotations, String name) {
        for (AnnotationTree annotation : annotations)
            if (annotation.getAnnotationType().toString().equals(name)
                    && annotation.getArguments().getFirst() instanceof AssignmentTree assignment
                    && assignment.getExpression() instanceof LiteralTree literal)
                return String.valueOf(literal.getValue());
            else if (annotation.getAnnotationType().toString().equals(name)
                    && annotation.getArguments().getFirst() instanceof LiteralTree literal)
                return String.valueOf(literal.getValue());
        return null;
    }

    private static String dashed(String name) {
        return name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }
}
