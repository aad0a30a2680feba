package ai.chela.scheduler.watch;

/** Why an address gave no answer, or was not asked. */
public enum Problem {
    TIMEOUT("no answer in time", "超时无响应"),
    REFUSED("connection refused", "连接被拒绝"),
    UNKNOWN_NAME("the name cannot be resolved", "无法解析该主机名"),
    TLS("no secure connection (certificate or protocol)", "无法建立安全连接（证书或协议）"),
    BROKEN("the connection broke or did not speak HTTP", "连接中断或对方不是 HTTP"),
    BAD_REDIRECT("redirected to something that is not an http or https URL", "被重定向到非 http/https 地址"),
    REDIRECTS("redirected more than 3 times", "重定向超过 3 次"),
    OWN_SERVICE("it leads to one of Chela's own services", "它指向 Chela 自身的服务"),
    PRIVATE("it leads to a private address that was not approved", "它指向未获批准的内网地址");

    private final String english;
    private final String chinese;

    Problem(String english, String chinese) {
        this.english = english;
        this.chinese = chinese;
    }

    /** For people; {@code zh} or a variant of it for Chinese, anything else is English. */
    public String in(String language) {
        return language.startsWith("zh") ? chinese : english;
    }
}
