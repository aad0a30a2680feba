package ai.chela.launcher.client;

import ai.chela.launcher.Problem;
import ai.chela.launcher.Surroundings;
import ai.chela.launcher.data.DataFolder;
import ai.chela.launcher.data.StackState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Finds the stack of a data folder, and the token of who calls. */
public final class Caller {
    private Caller() {}

    /** @param person whose token to use; null: the owner's */
    public static Gateway of(Surroundings here, DataFolder data, @Nullable String person) {
        Path token = person == null ? data.token() : data.tokenOf(person);
        if (person != null && !person.matches("[a-z0-9][a-z0-9._-]{0,63}"))
            throw here.problem("\"%s\" is not the id of a person.", "“%s”不是有效的人员标识。", person);
        try {
            if (person != null && !Files.exists(token))
                throw here.problem(
                        "There is no token of %s in %s. Add the person with `./chela person add`.",
                        "%2$s 中没有 %1$s 的令牌。请用 `./chela person add` 添加此人。",
                        person,
                        data.path().resolve("people"));
            if (!Files.exists(token))
                throw here.problem(
                        "There is no stack in %s yet. Start one with `./chela up`.",
                        "%s 中还没有运行环境。请用 `./chela up` 启动。", data.path());
            StackState state = StackState.read(data);
            return new Gateway(
                    state.address(),
                    Files.readString(token).strip(),
                    here.language(),
                    () -> state.runningSupervisor().isPresent());
        } catch (IOException e) {
            throw here.problem("%s cannot be read: %s", "无法读取 %s：%s", data.path(), Problem.reason(e));
        }
    }
}
